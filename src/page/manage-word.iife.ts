import { MANAGE_EVENT } from '../protocol/ask.ts';

// Runs after the page script and before any script of the page.
document.dispatchEvent(new Event(MANAGE_EVENT));
