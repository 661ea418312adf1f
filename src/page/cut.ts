import { MAX_DATA } from '../protocol/record.ts';
import { slice } from './pristine.ts';

/** What the journal keeps of a text that may have any length. */
export const cut = (text: string): string => (text.length > MAX_DATA ? slice(text, 0, MAX_DATA) : text);
