/** What the user lets the extension do; he may change it at any time. */
export interface Permissions {
  /** May it enter every site that the browser lets extensions into? */
  sites: boolean;
  networkReset: NetworkReset;
}

/** May it end a response in the network? `impossible`: this browser lets no extension · `possible`: if the user allows it. */
export type NetworkReset = 'impossible' | 'possible' | 'allowed';

export const ALL_SITES = { origins: ['<all_urls>'] };
/** What it takes to read and end responses. [firefox] Optional permissions; no other browser has the second one. */
export const NETWORK_RESET = { permissions: ['webRequestBlocking', 'webRequestFilterResponse'] } as const;

/** From the DevTools page to the background, which answers with Permissions. */
export interface WhatIsAllowed {
  type: 'what-is-allowed';
}

/** From the background to all DevTools pages, when the user has changed something. */
export interface AllowedNow {
  type: 'allowed-now';
  permissions: Permissions;
}

/** From the DevTools page to the background: opens the page where the user can change it. */
export interface ShowPermissions {
  type: 'show-permissions';
}
