// What passes between Python and the page, and between the parts of the page. The scripts of the panels are joined to
// one script, so that these names are known everywhere in them, as the scripts' own names are.

/** Where an axis or a strip of the picture begins and ends. */
type Ends = [low: number, high: number];
type Point = [x: number, y: number];
type Numbers = ArrayLike<number>;
type Decimals = Record<string, number>;

/** The number of every control, and the seed as text: it may have 64 bits. */
interface Values {
  seed?: any;
  [control: string]: number;
}

/** One run: its arrays and its read-outs by name, and the values that it was asked for. */
interface Data {
  values: Values;
  [name: string]: any;
}

/** Where a move comes from: "button", "reset", "undo", "link", "python", "drag", "key", "typed", "switch", "play", or "slider" and its control. */
type Source = string;

// ---- what Python says of a panel (panel.py, controls.py, views.py, calls.py) ----------------------------------------

interface Control {
  name: string;
  symbol: string;
  label: string;
  low: number;
  high: number;
  start: number;
  step: number;
  decimals: number;
  unit: string;
  colour: number;
}

interface ReadOut {
  name: string;
  decimals: number;
  unit: string;
  words: string[];
  none: string;
}

/** An argument of the kernel: an array, a constant, or the control of this name. */
type Argument = ArrayArgument | NumberArgument;

interface ArrayArgument {
  name: string;
  array: ArrayCode;
  shape: number[];
  upto: string;
  work: boolean;
  keep?: boolean;
  apart?: boolean; // no argument: an array that is only drawn
  number?: boolean; // an array of one value, which is a number of the result
  per?: number; // what is given comes as whole numbers, so many times as large
  given?: string;
  type?: ArrayCode;
  whole?: undefined;
  constant?: undefined;
}

interface NumberArgument {
  name: string;
  whole: boolean;
  constant?: string;
  array?: undefined;
  apart?: undefined;
  number?: undefined;
  work?: undefined;
  upto?: undefined;
}

type ArrayCode = "f8" | "f4" | "i4" | "i2" | "u8";

/** Margins and heights in pixels (picture.box). */
interface Box {
  width: number;
  left: number;
  right: number;
  top: number;
  frame: number;
  gap: number;
  strip: number;
  bottom: number;
  head: number;
  legend: number;
}

interface ViewSpec {
  kind: string;
  box: Box;
  ratio?: number; // of width to height that the frame keeps; 0 or none: it takes all room
  ruled?: number; // of a map: how many of its cells are a block along each side
  title: string;
  side?: "" | "left" | "right";
  low?: number;
  high?: number;
  low_x?: number;
  high_x?: number;
  label_x?: string;
  names_x?: string[]; // of the parts of an axis without numbers
  names_y?: string[];
}

/** A number, a name, or a multiple of one of these, which may be counted from a begin. */
type Spot = number | string | [of: number | string, factor: number, begin?: number];
type HandleSpec = [name: string, x: Spot, y: Spot];
type LegendEntry = [name: string, colour: string];

interface PlaneSpec extends ViewSpec {
  low_x: number;
  high_x: number;
  low_y: number;
  high_y: number;
  label_x: string;
  label_y: string;
}

interface Spec {
  name: string;
  title: string;
  question: string;
  controls: Control[];
  readouts: ReadOut[];
  views: ViewSpec[];
  call: Argument[];
  sentence: string;
  headline: string;
  detail: string;
  best: string;
  sound: string[];
  play: string[];
  camera: string[];
  presets: Record<string, Record<string, number>>;
  python: string;
  seed: string | null;
  drawn: Record<string, string>; // what readers draw on, as text: what is there at the start
  source: string;
  note: string;
  goal?: any; // one of the specs below, as its kind says
}

// ---- what Python says of a goal (goals/) ----------------------------------------------------------------------------

interface GoalSpec {
  kind: string;
  name: string;
  title: string;
  text: string;
  begin: string;
}

/** A name and the ends of its range; null where there is no end. */
type Where = [name: string, low: number | null, high: number | null][];

interface TargetSpec extends GoalSpec {
  reach: Where;
  misses: [where: Where, hint: string][];
  otherwise: string;
  right: string;
}

interface TypedSpec extends GoalSpec {
  labels: string[];
  unit: string;
  tolerance: number;
  says: string;
  words: Record<string, string>;
}

/** What is asked for and the mistakes that are known, each a number or lists of numbers (goals/answers.py). */
interface NumberSpec {
  unit: string;
  tolerance: number;
  says: string;
  right: any;
  choices: boolean;
  wrong: [answer: any, hint: string][];
  off: [one: string, some: string];
}

interface AskSpec extends TypedSpec, NumberSpec {
  stated?: boolean;
}

interface Neuron {
  numbers: Record<string, string>;
  right: number;
  needs: string;
  wrong: [answer: number | "fired" | "silent", hint: string][];
}

interface IdentifySpec extends TypedSpec {
  neurons: Neuron[];
  trials: number;
  current: string;
  fired: string;
  longest: string;
  log: string;
  evidence: Record<string, string>;
}

interface PredictSpec extends GoalSpec {
  view: number;
  points: number[];
  given: number;
  top: number;
  step: number;
  decimals: number;
  decimals_x: number;
  unit: string;
  unit_x: string;
  tolerance: number;
  least: number;
  few: string;
  score: string;
  right: string;
  drawn: [curve: number[], where: [x: number, low: number, high: number][], hint: string][];
}

/** An array as NumPy has it: its shape, and its numbers in one row. */
interface NdArray {
  shape: number[];
  flat: number[];
}

/** A wrong answer that follows from the right one. */
interface Suspect {
  name: string;
  answer: NdArray;
  tolerance: number | number[];
  hint: string;
}

/** A mistake that was found. */
type Found = [name: string, hint: string];

/** A function to write (course/judging/as_data.py); `heading` and `name` as any exercise of a page has them. */
interface FunctionSpec extends GoalSpec {
  stub: string;
  variable: string;
  arguments: string[];
  unit: string;
  tolerance: number;
  says: string;
  named: Record<string, Record<string, number>>;
  cases: string[];
  told: string[];
  right: NdArray[];
  wrong: { name: string; hint: string; outcomes: Outcome[] }[];
  act?: string; // what the button does
}

/** A program that is tried in the page of a class (classroom/handout/pages.py). */
interface TryoutSpec extends FunctionSpec {
  shape: number[];
}

/** What a call came to: numbers by shape and `hex` (from Python) or `flat` (from the page's data). */
interface Outcome {
  kind: "numbers" | "type" | "large" | "error" | "exit";
  name: string;
  text?: string;
  line?: number;
  changed?: number[];
  shape?: number[];
  hex?: string;
  flat?: (number | string)[];
  shown?: string; // what was returned, where a program is tried
}

/** What became of a program (programs/inside.py, static/python.js). */
interface Ran {
  outcomes?: Outcome[];
  loading?: Outcome;
  missing?: string;
  unread?: Outcome; // the arguments
  given?: string;
  stopped?: "late" | "died";
  printed?: string;
}

interface ProgramVerdict {
  right: boolean;
  reason: string;
  text: string;
  line: number;
}

// ---- learning rules (course/judging/rule_as_data.py) ----------------------------------------------------------------

interface RuleLanguage {
  word: string;
  name: string;
  rows: [pattern: string, template: string, workedOut: string][];
  targets: Record<string, string>;
  factors: string[];
  signed: string[];
  factorWords: [pattern: string, template: string][];
  targetWords: [pattern: string, template: string][];
  mantissa: [least: number, most: number];
  exponent: [least: number, most: number];
  gate: number;
  constant: number;
}

interface RuleSpec extends GoalSpec {
  label: string;
  tolerance: number;
  right: number[];
  says: string;
  wrong: [answer: string, hint: string, comesTo: number[] | null][];
  otherwise: string;
  pairs: Record<string, number>[][];
  w: number;
  language: RuleLanguage;
}

interface RuleToken {
  kind: string;
  word: string;
  start: number;
  end: number;
}

/** A factor of a term, or what stands in a bracket: a "name", a "power", a "bracket" or "sgn". */
interface RulePart extends RuleToken {
  parts?: string[];
  inner?: RulePart[];
  sign?: string;
}

interface RuleTree {
  target: RuleToken;
  terms: { factors: RulePart[]; sign: string; start: number; end: number }[];
}

interface RuleFactor {
  name: string;
  constant: number;
  sign: boolean;
}

interface RuleDraft {
  numbers: [mantissa: bigint, exponent: number][];
  acts: string[];
  gates: number[];
  factors: RuleFactor[];
}

interface RuleTerm {
  mantissa: number;
  exponent: number;
  acts: string;
  gate: number;
  factors: RuleFactor[];
}

interface LearningRule {
  target: string;
  terms: RuleTerm[];
}

/** A change of a text, and what is selected after it. */
interface Edit {
  from: number;
  to: number;
  text: string;
  select: number[];
}

/** What is said to an answer, or why it is none yet. */
type Verdict = { right: boolean; text: string; unread?: undefined } | Unread;
interface Unread {
  unread: string;
  right?: undefined;
  text?: undefined;
}

interface Trial {
  current: number;
  fired: boolean;
  text: string;
}

type Records = Record<string, { tries: number; solved: boolean }>;

// ---- the pages of the book (goals/in_chapter.py) --------------------------------------------------------------------

interface Chapter {
  page: string;
  title: string;
  tasks: CourseTask[];
}

interface CourseTask {
  kind: string; // of an exercise, or "goal"
  name: string;
  title: string;
  anchor: string;
}

interface Standing {
  all: number;
  solved: number;
  tried: number;
}

// ---- the parts of the page ------------------------------------------------------------------------------------------

/** anywidget's model, or the stand-in of a page without a kernel, which is `alone`. */
interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(message: object): void;
  on(event: string, heard: (message: any, buffers: any) => void): void;
  off(event: string, heard: (message: any, buffers: any) => void): void;
  alone?: boolean;
  address?: string;
}

interface Engine {
  ask(values: Values): void;
  close(): void;
  later?: boolean;
}

type Done = (data: Data) => void;
type Failed = (sentence: string) => void;

type Attributes = Record<string, string | number | boolean>;

/** The colours of the theme by the names of the style sheet's tokens. */
type Palette = Record<string, string>;

interface Pen {
  dash?: number[];
  alpha?: number;
}

/** What is read off a picture at a pixel: where, in words, and the places of the values with their colours. */
interface Reading {
  x: number;
  lines: string[];
  along?: number; // the value on the lower axis, at which other pictures over the same axis are read
  spots?: [y: number, colour: string][];
}

/** What is under the pointer, to be taken away, or what all pictures over an axis say at one of its values. */
interface ReadOff {
  hide(): void;
  along(label: string, value: number): void;
}

/** The time of a process: from where to where and in which steps, where it is, and how it is moved. */
interface Clock {
  ends(): [low: number, high: number, step: number];
  now(): number;
  go(value: number): void;
  slider?: HTMLElement;
  show?(): void;
}

/** What moves with the picture: a grip at an axis, or a point in it. */
interface Grip {
  place(): void;
}

/** What only some panels have; every part of it may be left out. */
interface Extra {
  readonly text?: string;
  moved?(values: Values, source: Source): Values;
  done?(data: Data): void;
  rest?(by: Source): void;
  reset?(): void;
  close?(): void;
}

/** A class of a picture: `S` is what Python says of it, `N` what is kept of a run to draw it. */
interface View<S extends ViewSpec, N> {
  prepare(data: Data): N;
  draw(): void;
  now: N; // from the first run on
  ghost?: N;
  read?(x: number, y: number): Reading | null;
  readAt?(value: number, label: string): Reading | null;
  span?: Ends; // of the time, of which a stretch can be chosen
  screen?: ResizeObserverSize;
  width: number;
  colour: Palette;
  cx: CanvasRenderingContext2D;
  grips: Grip[];
  drawn?: number[];
}

/** One slider with its number, and how it shows a value. */
type Row = ReturnType<typeof controlRow>;

interface Panel {
  model: Model;
  spec: Spec;
  names: string[];
  rows: [control: string, row: Row][];
  root: Document | ShadowRoot;
  values: Values;
  decimals: Decimals;
  changed: Set<string>;
  views: View<any, any>[];
  extras: Extra[];
  palette: Palette;
  goal?: Goal;
  data: Data | null;
  engine: Engine;
  figure: HTMLElement;
  big: HTMLElement;
  change: HTMLElement;
  detail: HTMLElement;
  error: HTMLElement;
  live: HTMLElement;
  callText: HTMLElement;
  presets: [button: HTMLButtonElement, settings: Values][];
  seed?: HTMLInputElement;
  sentence: string;
  // the last move: what was before it, where it comes from, when it was
  before?: number;
  pinned?: boolean; // what was before is kept
  compare: Compare;
  source?: Source;
  by: Source;
  last: number;
  held: boolean;
  fresh?: boolean;
  moved: boolean;
  resting?: boolean;
  hurried: boolean;
  // what is still to come
  timer: number;
  frame: number;
  telling: number;
  stop: AbortController;
  reading: ReadOff;
  seen?: number; // how far a process that plays along an axis has come
  sizes: ResizeObserver;
  themes: MutationObserver;
  layout: Layout;
  question: HTMLElement;
  stage: HTMLElement;
  side: HTMLElement;
  result: HTMLElement;
  printing: boolean;
  unfolded: boolean;
  closed: boolean;
}

/** A kind of array, as a class that makes views of memory. */
interface ArrayClass {
  new (memory: ArrayBufferLike, at?: number, count?: number): any;
  BYTES_PER_ELEMENT: number;
}

interface Wasm {
  place: Record<string, { T: ArrayClass; count: number; at: number; given: Numbers | undefined }>;
  end: number; // of what is emptied before a run
  kernel: (...flat: (number | bigint)[]) => number;
}

interface BrowserEngine extends Engine {
  worker?: Worker | null;
  gate: Gate;
  times: number[] | null; // of the first runs, in ms
}

interface KernelEngine extends Engine {}

interface Handle extends Grip {
  places: { of: number | string; factor: number; begin: number; control?: Control }[];
  moves: Control[];
  view: View<any, any>;
  panel: Panel;
  ranges: Ends[];
}

interface Goal {
  panel: Panel;
  spec: any; // a GoalSpec of its kind
  judge(): Verdict;
  done(data: Data): void;
  element: HTMLElement;
  telling: number;
  shut?: boolean;
}

interface TypedGoal {
  inputs: HTMLInputElement[];
}

interface ProgramGoal {
  editor: Editor;
  printed: HTMLElement;
  busy?: boolean;
}

interface RuleGoal {
  input: HTMLInputElement;
}

interface IdentifyGoal {
  spec: IdentifySpec;
  trials: Trial[];
  inject: HTMLButtonElement;
  next: HTMLButtonElement;
  left: HTMLElement;
  log: HTMLElement;
}

interface PredictGoal {
  spec: PredictSpec;
  view: CurveView;
  range: Ends;
  again: HTMLButtonElement;
  truth: number[]; // from the first run on
  drawn: number[];
}

/** The page on which a reader's own recording is fitted (static/own_cell.js). */
interface OwnCell {
  data: OwnCellData;
  figure: HTMLElement;
  file: HTMLInputElement;
  drop: HTMLElement;
  own: HTMLButtonElement;
  said: HTMLElement;
  error: HTMLElement;
  units: Record<string, HTMLSelectElement>;
  columns: HTMLInputElement;
  dt: HTMLInputElement;
  current: HTMLInputElement;
  step: HTMLInputElement;
  guess: HTMLElement;
  asks: HTMLDetailsElement;
  bounds: Record<string, [HTMLInputElement, HTMLInputElement]>;
  bound: HTMLElement;
  go: HTMLButtonElement;
  stop: HTMLButtonElement;
  bar: HTMLProgressElement;
  doing: HTMLElement;
  sweep: HTMLSelectElement;
  model: HTMLSelectElement;
  which: HTMLElement;
  picture: HTMLElement;
  caption: HTMLElement;
  rates: HTMLElement;
  ratesSaid: HTMLElement;
  tables: HTMLElement;
  code: HTMLElement;
  taken: HTMLElement;
  kernels?: Kernels;
  bytes?: Uint8Array;
  name?: string;
  opening?: string; // the lines of Python that read the cell
  loader?: string;
  cell?: CellRecording;
  measured?: MeasuredCell;
  fitted?: FittedCell;
  used?: BoundsAsked;
  stopped?: AbortController;
  reading?: ReadOff;
  spec?: { views: ViewSpec[] };
}

/** A trace as it is drawn: places and values, and how many values it stands for. */
interface Thinned {
  at: Float32Array;
  value: Float32Array;
  n: number;
  whole?: Float32Array | Float64Array; // where it was thinned
}

// ---- what stands around the scripts ---------------------------------------------------------------------------------

/** The rules for a living panel, where the page brings them (page.library). */
declare const STYLE: string;
/** The rules for what the book adds (exercise.course_script). */
declare const RULES: string;
/** What is kept where a page may keep nothing, and the page that shows it; several scripts of a page share them. */
declare var snnlabKept: Records | undefined;
declare var snnlabWhere: string | undefined;
declare var snnlabPython: string | undefined;
declare var snnlabSerial: number | undefined;
declare var snnlabHears: boolean | undefined;
/** The page "Fit your own cell", for whoever tries it. */
declare var snnlabOwnCell: OwnCell | undefined;
/** Sphinx's settings of a page of the book. */
declare const DOCUMENTATION_OPTIONS: { SHOW_SEARCH_SUMMARY: boolean };
declare const Search: { htmlToText(page: string, anchor?: string): string };
declare var Bokeh: any;
declare var snnlabBokeh: Promise<void> | undefined;
