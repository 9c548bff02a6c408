/** One entry of a picker. */
export type Option<V> = { value: V; label: string };
