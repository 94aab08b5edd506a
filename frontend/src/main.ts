// Starts the pages.

import { mount } from 'svelte';
import App from './App.svelte';
import './app.css';
import './print.css';
import { visit } from './state/session.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
mount(App, { target });
void visit.enter();
