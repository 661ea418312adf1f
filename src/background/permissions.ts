import browser, { type Permissions as Api } from 'webextension-polyfill';
import {
  ALL_SITES,
  type AllowedNow,
  NETWORK_RESET,
  type NetworkReset,
  type Permissions,
  type ShowPermissions,
  type WhatIsAllowed,
} from '../protocol/permissions.ts';

const { permissions, runtime, tabs } = browser;

/** [firefox] The polyfill's types do not know all that is optional there. */
const NETWORK = NETWORK_RESET as unknown as Api.Permissions;

async function networkReset(): Promise<NetworkReset> {
  const optional: readonly string[] = runtime.getManifest().optional_permissions ?? [];
  if (!NETWORK_RESET.permissions.every((permission) => optional.includes(permission))) return 'impossible';
  return (await permissions.contains(NETWORK)) ? 'allowed' : 'possible';
}

async function whatIsAllowed(): Promise<Permissions> {
  const [sites, reset] = await Promise.all([permissions.contains(ALL_SITES), networkReset()]);
  return { sites, networkReset: reset };
}

/**
 * May we change requests that the document of this URL makes to that one? Rules for requests of others are taken, and have
 * no effect.
 */
export async function mayChange(...urls: string[]): Promise<boolean> {
  if (await permissions.contains(ALL_SITES)) return true;
  try {
    return await permissions.contains({ origins: urls.map((url) => patternOf(new URL(url))) });
  } catch {
    return false; // about:srcdoc, for one, is no site.
  }
}

/** Match patterns have no ports: they are for all of a host. */
const patternOf = ({ protocol, hostname }: URL) => `${protocol}//${hostname}/*`;

/** [firefox] Its own page of permissions cannot be opened by an extension, so we have one. [chrome] There it is the other way round. */
async function show(): Promise<void> {
  if (runtime.getManifest().options_ui) return runtime.openOptionsPage();
  await tabs.create({ url: `chrome://extensions/?id=${runtime.id}` });
}

/** To be called synchronously at the start: the user may change something while no background runs. */
export function watchPermissions(): void {
  const tell = async () => {
    const message: AllowedNow = { type: 'allowed-now', permissions: await whatIsAllowed() };
    await runtime.sendMessage(message).catch(() => {}); // No DevTools page is open.
  };
  permissions.onAdded.addListener(tell);
  permissions.onRemoved.addListener(tell);
}

/** What DevTools pages, which have no such API in every browser, want to know or have done; undefined: it is not for us. */
export function answerOf({
  type,
}: WhatIsAllowed | ShowPermissions | { type?: unknown }): Promise<Permissions | undefined> | undefined {
  if (type === 'what-is-allowed') return whatIsAllowed();
  if (type === 'show-permissions') return show().then(() => undefined);
  return undefined;
}
