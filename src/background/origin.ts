/** Also of blob: URLs, which workers may have; undefined of what is no URL. */
export function originOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).origin;
  } catch {
    return undefined;
  }
}
