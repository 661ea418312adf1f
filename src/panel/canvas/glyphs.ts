import { GLYPH, type Pixels } from './scene.ts';

interface Drawing {
  fill?: string;
  stroke?: string;
  /** Of the stroke, on the grid of 16; 1.35 if not given. */
  weight?: number;
}

/** Own drawings on a grid of 16, as SVG path data. Each mark has its own shape: colour never says anything alone. */
const GLYPHS = {
  error: { stroke: 'M3.4 3.4l9.2 9.2M12.6 3.4l-9.2 9.2', weight: 1.6 },
  bolt: { fill: 'M9.2 1.2 3.2 9h4.1l-.9 5.8L12.8 6.6H8.5z' },
  flag: { stroke: 'M4 1.8v12.6', fill: 'M4 2h8.6l-2.2 3 2.2 3H4z' },
  end: { stroke: 'M4.8 3.8h6.4a1 1 0 0 1 1 1v6.4a1 1 0 0 1-1 1H4.8a1 1 0 0 1-1-1V4.8a1 1 0 0 1 1-1z' },
  navigation: { stroke: 'M2.5 8h10M8.6 4 12.6 8l-4 4' },
  ok: { fill: 'M8 1.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 8 1.4Zm3.6 3.7-4.5 4.7-2.1-2-.9 1 3.1 3 5.4-5.7Z' },
  lost: { fill: 'M8 1.4 15.2 14.2H.8ZM7.2 5.8v4.4h1.6V5.8ZM7.2 11.2v1.6h1.6v-1.6Z' },
  repeated: { fill: 'M8.2 2.8v10.4L1.4 8ZM14.8 2.8v10.4L8 8Z' },
  restarted: { fill: 'M13.6 2.6v10.8L5.6 8Z', stroke: 'M3.4 2.8v10.4' },
  noflag: { stroke: 'M4 1.8v12.6M4 2.5h8l-2 2.6 2 2.6H4M2 14 14 2' },
  unknown: {
    stroke:
      'M5.6 2.5a6 6 0 0 1 3-.5M11.2 3a6 6 0 0 1 2 2M13.9 7.2a6 6 0 0 1-.3 2.8M12.3 12.2a6 6 0 0 1-2.4 1.5M7.2 13.9a6 6 0 0 1-2.7-1M2.9 11.2a6 6 0 0 1-.9-2.7M2.3 6a6 6 0 0 1 1.3-2.1M6.2 6.4c.1-1.1.8-1.7 1.9-1.7 1.9 0 2.4 2 .9 2.9-.7.4-1 .7-1 1.5M8 10.9v.4',
  },
  pause: { stroke: 'M5.5 3.5v9M10.5 3.5v9', weight: 1.8 },
} as const satisfies Record<string, Drawing>;

export type GlyphName = keyof typeof GLYPHS;

interface Shape {
  fill: Path2D | undefined;
  stroke: Path2D | undefined;
  weight: number;
}

const shapes = new Map<GlyphName, Shape>();

function shape(name: GlyphName): Shape {
  const known = shapes.get(name);
  if (known) return known;
  const { fill, stroke, weight }: Drawing = GLYPHS[name];
  const made = { fill: path(fill), stroke: path(stroke), weight: weight ?? 1.35 };
  shapes.set(name, made);
  return made;
}

function path(data: string | undefined): Path2D | undefined {
  return data === undefined ? undefined : new Path2D(data);
}

/** Draws a glyph of 12 × 12 px, its upper left corner at x, y. */
export function drawGlyph(
  context: CanvasRenderingContext2D,
  name: GlyphName,
  x: Pixels,
  y: Pixels,
  colour: string,
): void {
  const { fill, stroke, weight } = shape(name);
  context.save();
  context.translate(x, y);
  context.scale(GLYPH / 16, GLYPH / 16);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = weight;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  // Holes are holes, whichever way they are drawn.
  if (fill) context.fill(fill, 'evenodd');
  if (stroke) context.stroke(stroke);
  context.restore();
}
