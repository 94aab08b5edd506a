// Which pipeline stays chosen when another kind of records is.

export type Records = 'journey' | 'lead' | 'deal';

/** Whether a pipeline may stay chosen for these records: whole journeys go through any, leads and deals through their own. */
export function fits(records: Records, chosen: string | null, pipelines: readonly { id: string; entity: Records }[]): boolean {
  const own = pipelines.find((each) => each.id === chosen)?.entity;
  return records === 'journey' || own === undefined || own === records;
}
