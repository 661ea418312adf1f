import browser from 'webextension-polyfill';
import type en from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof en;

/** A text in the user's language. */
export const text = (key: MessageKey): string => browser.i18n.getMessage(key);
