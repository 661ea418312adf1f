/** Which CSS custom property each colour is; the list of them, for both themes, is panel/tokens.css. */
const TOKENS = {
  bg: '--bg',
  bgBar: '--bg-bar',
  bgLaneSelected: '--bg-lane-selected',
  line: '--line',
  lineSoft: '--line-soft',
  lineGrid: '--line-grid',
  text: '--text',
  text2: '--text-2',
  accent: '--accent',
  onAccent: '--on-accent',
  openInk: '--open-ink',
  openSolid: '--open-solid',
  openFill: '--open-fill',
  openLine: '--open-line',
  connectInk: '--connect-ink',
  connectSolid: '--connect-solid',
  connectFill: '--connect-fill',
  waitInk: '--wait-ink',
  waitSolid: '--wait-solid',
  waitFill: '--wait-fill',
  failInk: '--fail-ink',
  failSolid: '--fail-solid',
  forcedInk: '--forced-ink',
  forcedSolid: '--forced-solid',
  noneInk: '--none-ink',
  noneSolid: '--none-solid',
  band: '--band',
  bandHatch: '--band-hatch',
  text3: '--text-3',
  veil: '--veil',
} as const;

export type Colour = keyof typeof TOKENS;

/** What the canvas draws with. Colours are CSS colours. */
export interface Theme extends Readonly<Record<Colour, string>> {
  /** Opacity of what belongs to a document that went away: `--past`. */
  readonly past: number;
  readonly fontFamily: string;
}

/** Reads the theme from the computed style of the canvas. A token that is missing comes out as ''. */
export function readTheme(style: CSSStyleDeclaration): Theme {
  const read = (token: string) => style.getPropertyValue(token).trim();
  const colours = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token)]));
  return {
    ...(colours as Record<Colour, string>),
    past: Number.parseFloat(read('--past')) || 1,
    fontFamily: style.fontFamily || 'sans-serif',
  };
}

/** The canvas font for labels: 11 px, as --size-small. */
export function font(theme: Theme, strong = false): string {
  return `${strong ? '600 ' : ''}11px ${theme.fontFamily}`;
}
