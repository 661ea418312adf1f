import type { Group } from './case.ts';
import { ADDING } from './cases/adding.ts';
import { ANSWERS } from './cases/answers.ts';
import { BYTES } from './cases/bytes.ts';
import { CLASSES } from './cases/classes.ts';
import { CLOSING } from './cases/closing.ts';
import { CONSTRUCTOR } from './cases/constructor.ts';
import { CORS } from './cases/cors.ts';
import { ENDS } from './cases/ends.ts';
import { EVENTS } from './cases/events.ts';
import { FIELDS } from './cases/fields.ts';
import { HANDLERS } from './cases/handlers.ts';
import { HASTE } from './cases/haste.ts';
import { INTERFACE } from './cases/interface.ts';
import { LISTENERS } from './cases/listeners.ts';
import { LIVES } from './cases/lives.ts';
import { OUTAGES } from './cases/outages.ts';
import { PARSING } from './cases/parsing.ts';
import { POISONED } from './cases/poisoned.ts';
import { POLICIES } from './cases/policies.ts';
import { POLLUTED } from './cases/polluted.ts';
import { REALMS } from './cases/realms.ts';
import { REDIRECTS } from './cases/redirects.ts';
import { REPLACING } from './cases/replacing.ts';
import { SCHEMES } from './cases/schemes.ts';
import { SURROUNDINGS } from './cases/surroundings.ts';
import { TURNS } from './cases/turns.ts';
import { URLS } from './cases/url.ts';
import { WAITS } from './cases/waits.ts';
import { WORKERS } from './cases/workers.ts';

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
  ENDS,
  WAITS,
  ANSWERS,
  CLOSING,
  REDIRECTS,
  OUTAGES,
  HASTE,
  CORS,
  POLICIES,
  SCHEMES,
  WORKERS,
  LIVES,
  SURROUNDINGS,
  POISONED,
  POLLUTED,
];
