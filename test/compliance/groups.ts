import type { Group } from './case.ts';
import { ADDING } from './cases/adding.ts';
import { BYTES } from './cases/bytes.ts';
import { CLASSES } from './cases/classes.ts';
import { CONSTRUCTOR } from './cases/constructor.ts';
import { EVENTS } from './cases/events.ts';
import { FIELDS } from './cases/fields.ts';
import { HANDLERS } from './cases/handlers.ts';
import { INTERFACE } from './cases/interface.ts';
import { LISTENERS } from './cases/listeners.ts';
import { PARSING } from './cases/parsing.ts';
import { REALMS } from './cases/realms.ts';
import { REPLACING } from './cases/replacing.ts';
import { TURNS } from './cases/turns.ts';
import { URLS } from './cases/url.ts';

export const GROUPS: Group[] = [
  INTERFACE,
  CLASSES,
  REPLACING,
  CONSTRUCTOR,
  URLS,
  REALMS,
  EVENTS,
  HANDLERS,
  LISTENERS,
  ADDING,
  TURNS,
  PARSING,
  BYTES,
  FIELDS,
];
