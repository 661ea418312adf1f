/** The data of an event for reading: indented where it is JSON, else as it is. */
export function pretty(data: string): string {
  const first = data.trimStart()[0];
  if (first !== '{' && first !== '[') return data;
  try {
    return JSON.stringify(JSON.parse(data), null, 2);
  } catch {
    return data;
  }
}
