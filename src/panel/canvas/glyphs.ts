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
  if (fill) context.fill(fill);
  if (stroke) context.stroke(stroke);
  context.restore();
}
