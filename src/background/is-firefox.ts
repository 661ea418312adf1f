import browser from 'webextension-polyfill';

/** Where what the browsers tell of the network differs, and nothing in it says so. */
export const IS_FIREFOX = browser.runtime.getURL('').startsWith('moz-extension:');
