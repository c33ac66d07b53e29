// What functions of the scripts answer, for tests in Python: [[function, argument, ...], ...] comes in as JSON, and a list
// of their answers goes out. A number that JSON does not know travels as { "number": "NaN" }.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { load } from "./scripts.js";

load(["format", "axes", "diagnose", "judge", "interpreter", "functions", "editor", "progress", "goal", "exercise", "rules", "rule"], "");
globalThis.document = { querySelectorAll: () => [] }; // the page of a class looks for its programs at once
load(["tryout"], "");
const { loadRecording, guessUnit, RecordingError } = load(["recording"], "loadRecording, guessUnit, RecordingError");

// a recording, or the sentence that refuses it; the file comes in base64
globalThis.recordingOf = (file, bytes, asked) => {
  try {
    return loadRecording(new Uint8Array(Buffer.from(bytes, "base64")), file, asked);
  } catch (error) {
    if (error instanceof RecordingError) return { refused: error.message };
    throw error;
  }
};
globalThis.guessed = (kind, values) => guessUnit(kind, Float64Array.from(values));

const read = (_key, value) => value?.number === undefined ? value : Number(value.number);
const write = (_key, value) => {
  if (ArrayBuffer.isView(value)) return Array.from(value);
  return typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
};

const calls = JSON.parse(readFileSync(0, "utf8"), read);
const answers = calls.map(([name, ...given]) => runInThisContext(name)(...given));
process.stdout.write(JSON.stringify(answers, write));
