import type { Group } from './case.ts';
import { BYTES } from './cases/bytes.ts';
import { FIELDS } from './cases/fields.ts';
import { PARSING } from './cases/parsing.ts';

export const GROUPS: Group[] = [PARSING, BYTES, FIELDS];
