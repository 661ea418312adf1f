import type { Group } from './case.ts';
import { BYTES } from './cases/bytes.ts';
import { CLASSES } from './cases/classes.ts';
import { CONSTRUCTOR } from './cases/constructor.ts';
import { FIELDS } from './cases/fields.ts';
import { INTERFACE } from './cases/interface.ts';
import { PARSING } from './cases/parsing.ts';
import { REALMS } from './cases/realms.ts';
import { REPLACING } from './cases/replacing.ts';
import { URLS } from './cases/url.ts';

export const GROUPS: Group[] = [INTERFACE, CLASSES, REPLACING, CONSTRUCTOR, URLS, REALMS, PARSING, BYTES, FIELDS];
