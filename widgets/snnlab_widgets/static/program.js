// program.js: an exercise in which a function is to be written, answered by the Python of the page
class ProgramGoal extends Goal {
  extra() {
    const { stub, heading, name } = this.spec;
    this.editor = new Editor(drafts.of(name) ?? stub, {
      label: `Your program: ${heading}`,
      run: () => this.answer(),
      leave: () => this.check.focus(),
      changed: () => drafts.keep(name, this.editor.text),
    });
    this.printed = node("pre", { class: "snn-printed", "aria-label": "What your program prints" });
    const hint = node("p", { class: "snn-hint" }, "Arrays come as lists, and math is there. Tab indents, Escape leaves the field, Ctrl and Enter check.");
    return [this.editor.element, hint];
  }
  build() {
    const element = super.build();
    this.form.append(button("Start again", () => this.editor.replace(this.spec.stub)));
    this.form.after(this.printed);
    return element;
  }
  // the verdict comes when Python has answered
  async answer() {
    const { spec, editor } = this, program = editor.text;
    if (this.busy) return;
    this.work(true);
    editor.show(0);
    this.tell("Python is at work.");
    try {
      const { variable, cases, named } = spec, ran = await python.run({ program, variable, cases: [...cases, cases[0]], named }, pythonAddress());
      const { right, reason, text, line } = judgeProgram(spec, ran, program);
      this.printed.textContent = (ran.printed ?? "").slice(0, 5000);
      this.settle(reason === "not started" ? { unread: text } : { right, text });
      if (editor.text === program) editor.show(line);
    } catch (error) {
      this.tell(`Python cannot be started in this page (${error instanceof Error ? error.message : error}). Work on this exercise in JupyterLab.`);
    } finally {
      this.work(false);
    }
  }
  /** @param {boolean} on */
  work(on) {
    this.busy = on;
    this.check.setAttribute("aria-disabled", String(on)); // and it keeps the focus
  }
}

// `vendor` stands beside the first page of the book, as the page "Where you are" does
const pythonAddress = () => new URL("vendor/python.js", globalThis.snnlabWhere ?? document.baseURI).href;

// programs that are not finished yet, in the reader's own browser; some pages may not keep anything
const drafts = {
  /** @param {string} name */
  of(name) {
    try { return localStorage.getItem(`snnlab-program-${name}`); } catch { return null; }
  },
  /** @param {string} name @param {string} text */
  keep(name, text) {
    try { localStorage.setItem(`snnlab-program-${name}`, text); } catch { /* it lasts as long as the page */ }
  },
};

EXERCISES.function = ProgramGoal;
