/** Has the browser save `blob` as a file that is called `name`. Call it from a click or a key. */
export function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this task; what is revoked too soon is not saved.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
