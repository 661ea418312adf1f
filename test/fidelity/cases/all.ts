import type { FidelityCase } from '../case.ts';
import { ATTEMPTS } from './attempts.ts';
import { BYTES } from './bytes.ts';
import { CHAOS, INJECTIONS } from './others.ts';
import { RESETS } from './resets.ts';
import { SCOPES } from './scopes.ts';

export const CASES: readonly FidelityCase[] = [...RESETS, ...ATTEMPTS, ...BYTES, ...CHAOS, ...INJECTIONS, ...SCOPES];
