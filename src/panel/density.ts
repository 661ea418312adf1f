import type { Settings } from '../model/settings.ts';

/** How high a row of a table is, in CSS pixels. `--h-row` in tokens.css says the same. */
export const ROW_HEIGHTS = { compact: 20, comfortable: 24 } as const satisfies Record<Settings['density'], number>;
