/**
 * A payment arrangement at the kitchen table: the same Python as in the office says what can be missed and how it works
 * out, in a worker of the phone, also without internet. What was said is kept sealed on this phone until the tenant says
 * yes or the day ends, so that a crash loses nothing; before that yes nothing of it leaves the phone. A signature is not
 * kept: who signs, signs what is on the screen.
 */

import { back, gonePage, names } from "./day.js";
import { drawing, h, icon, once } from "./dom.js";
import * as outbox from "./outbox.js";
import { call } from "./python.js";
import { signaturePad } from "./signature.js";
import { day as dayWords, language, money, t } from "./words.js";

/** @typedef {import("./app.js").Now} Now */
/** @typedef {{fields: Record<string, string>, partner: boolean, amount: number, own: string, rhythm: string, first: string, name: string, signature: string, reading: boolean}} Talk */

const INCOMES = [0, 1];
/** What was said until now, by household. @type {Map<number, Talk>} */
const talks = new Map();

/** @param {any} door @returns {Promise<Talk>} */
async function talkOf(door) {
  const fresh = { fields: { housing: euros(door.arrangement.rent) }, partner: false, amount: 0, own: "", rhythm: "monthly", first: "", name: names(door), signature: "", reading: false };
  const known = talks.get(door.tenancy) ?? { ...fresh, ...(await outbox.talk(door.tenancy)) };
  talks.set(door.tenancy, known);
  return known;
}

/** @param {Now} now @param {string[]} rest */
export async function arrangementPage(now, [number]) {
  const door = now.packet.doors.find((/** @type {any} */ one) => String(one.tenancy) === number);
  if (!door?.arrangement) return gonePage();
  const sent = now.done.find((one) => one.kind === "arrangement_agreed" && one.tenancy === door.tenancy);
  const title = h("h1", { class: "vd-hidden", tabindex: "-1" }, t("Een regeling maken, {address}", { address: door.where.address }));
  const head = back(t("Regeling"), `#/deur/${door.tenancy}`, `${door.where.address} · ${t("samen aan tafel")} · ${money(door.arrangement.total)} ${t("open")}`);
  if (sent) return [head, h("main", { id: "inhoud" }, title, agreedNote(sent))];
  const main = h("main", { id: "inhoud" }, title, loading());
  const dock = h("div", { class: "vd-dock", hidden: true });
  new Table(door, now.packet.day, main, dock, await talkOf(door)).begin();
  return [head, main, dock];
}

const loading = () => h("p", { class: "vd-note vd-note--wait", role: "status" }, icon("hourglass"), h("span", {}, t("Het rekenen wordt klaargezet. Je kunt intussen verder met het bezoek.")));

/** @param {any} sent */
const agreedNote = (sent) => h("p", { class: "vd-note vd-note--paid", role: "status" }, icon(sent.sent ? "circle-check" : "hourglass"), h("span", {}, h("b", { class: "vd-strong" }, t("De regeling is afgesproken.")), h("br"), sent.sent ? t("verstuurd") : t("Nog niet verstuurd. Dat gebeurt zodra er internet is.")));

/** One talk on the screen: the budget stays where it is, what follows from it is drawn anew. */
class Table {
  /** @param {any} door @param {string} today @param {HTMLElement} main @param {HTMLElement} dock @param {Talk} talk */
  constructor(door, today, main, dock, talk) {
    Object.assign(this, { door, today, main, dock, talk });
    main.addEventListener("change", () => outbox.saveTalk(door.tenancy, { ...talk, signature: "", reading: false }));
    this.outcome = h("div", { class: "vd-choices" });
    this.plan = h("div", { "aria-live": "polite" });
  }

  async begin() {
    const found = await this.ask();
    if (!found) return;
    this.main.append(this.budgetForm(found.labels), this.outcome, this.plan);
    this.show(found);
    performance.mark("voordeur-arrangement-screen");
  }

  /** What follows from what was said; null when it cannot be worked out, which the page then says. */
  async ask() {
    try {
      const found = await call("voordeur.adapters.arrangement_table", "offer", [this.asked()]);
      for (const one of this.main.querySelectorAll(".vd-note")) one.remove();
      return found;
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  asked() {
    const { total, rent, earlier } = this.door.arrangement;
    return { today: this.today, total, rent, earlier, language: language(), budget: budgetOf(this.talk), rhythm: this.talk.rhythm, terms: this.terms() };
  }

  /** What was chosen, as Python reads it; null while something lacks. */
  terms() {
    const { amount, rhythm, first } = this.talk;
    if (!amount || !first) return null;
    return { total: this.door.arrangement.total, amount, rhythm, first, lump: 0, lump_on: null, steps: [] };
  }

  async again() {
    const found = await this.ask();
    if (found) this.show(found);
  }

  /** @param {any} found */
  show(found) {
    const known = Object.keys(this.talk.fields).some((name) => /^income\d_amount$/.test(name) && isAmount(this.talk.fields[name]));
    this.outcome.replaceChildren(...(known ? [roomPanel(found, this.door), ...(found.room.verdict === "help_first" ? [] : this.chooser(found))] : []));
    this.showPlan(found);
  }

  /** @param {any} found */
  chooser(found) {
    const { talk } = this;
    if (!talk.first) talk.first = found.days[0].first;
    const pick = (/** @type {number} */ amount) => ((talk.amount = amount), this.again());
    const amounts = found.choices.map((/** @type {any} */ one) => radio("amount", one.said, t("{n} keer", { n: one.turns }), talk.amount === one.amount, () => ((talk.own = ""), pick(one.amount))));
    const own = field("own", t("Ander bedrag"), talk.own, (value) => ((talk.own = value), pick(cents(value))));
    const rhythm = select("rhythm", t("Hoe vaak?"), found.labels.rhythms, talk.rhythm, (value) => ((talk.rhythm = value), (talk.amount = 0), this.again()));
    const days = found.days.map((/** @type {any} */ one, /** @type {number} */ at) => radio("first", dayWords(one.first), at ? t("met de huur") : t("na het inkomen"), talk.first === one.first, () => ((talk.first = one.first), this.again())));
    return [
      h("fieldset", { class: "vd-ask" }, h("legend", {}, t("Hoeveel?"), h("small", {}, t("naast de huur"))), h("div", { class: "vd-tiles" }, ...amounts), own, rhythm),
      h("fieldset", { class: "vd-ask" }, h("legend", {}, t("Op welke dag?")), h("div", { class: "vd-tiles" }, ...days)),
    ];
  }

  /** @param {any} found */
  showPlan(found) {
    const { plan } = found;
    const help = found.room.verdict === "help_first";
    if (!plan || help) {
      this.plan.replaceChildren();
      this.dock.hidden = true;
      return;
    }
    const problems = plan.problems.map((/** @type {any} */ one) => h("p", {}, `${one.message} ${one.cure}`));
    this.plan.replaceChildren(
      ...(problems.length ? [h("div", { class: "vd-note vd-note--wait", role: "alert" }, icon("hourglass"), h("div", {}, ...problems))] : []),
      ...(plan.instalments.length ? [planSection(plan)] : []),
      ...(this.talk.reading && !problems.length ? [this.reading(plan)] : []),
    );
    this.dock.hidden = problems.length > 0 || this.talk.reading;
    this.dock.replaceChildren(h("button", { class: "vd-button vd-button--main vd-button--big vd-button--wide", type: "button", on: { click: () => this.read() } }, t("Lees het samen door"), icon("arrow-right")));
  }

  async read() {
    this.talk.reading = true;
    await this.again();
    const title = /** @type {HTMLElement | null} */ (this.plan.querySelector("#lees"));
    title?.focus();
    title?.scrollIntoView();
  }

  /** What is read aloud, and how the tenant says yes. @param {any} plan */
  reading(plan) {
    const { talk, door } = this;
    const agree = async () => {
      const how = talk.signature ? "signature" : "spoken";
      await outbox.add("arrangement_agreed", door.tenancy, { terms: this.terms(), budget: budgetOf(talk), how, name: talk.name, signature: talk.signature, language: language() });
      talks.delete(door.tenancy);
      location.hash = `#/deur/${door.tenancy}`;
      return true;
    };
    const not = () => ((talk.reading = false), this.again());
    return h(
      "section",
      { class: "vd-panel vd-stack", "aria-labelledby": "lees" },
      h("h2", { id: "lees", tabindex: "-1" }, t("Lees voor")),
      h("div", { class: "vd-aloud" }, ...plan.aloud.map((/** @type {string} */ one) => h("p", {}, one))),
      field("name", t("Wie gaat akkoord?"), talk.name, (value) => void (talk.name = value), { inputmode: "text" }),
      signaturePad(talk.signature, (path) => void (talk.signature = path)),
      h("p", { class: "vd-hint" }, icon("shield-check"), t("De handtekening hoeft niet: een gesproken ja telt ook.")),
      h("div", { class: "vd-tiles" }, button(t("Ja, dat is goed"), once(agree)), button(t("Nee, liever niet"), not)),
    );
  }

  /** @param {any} labels */
  budgetForm(labels) {
    const { talk } = this;
    const keep = (/** @type {string} */ name) => (/** @type {string} */ value) => void (talk.fields[name] = value);
    const incomes = INCOMES.map((at) => h("div", { class: "vd-budget" }, select(`income${at}_kind`, t("Waarvan?"), labels.incomes, talk.fields[`income${at}_kind`] ?? labels.incomes[0][0], keep(`income${at}_kind`)), field(`income${at}_amount`, t("Netto per maand"), talk.fields[`income${at}_amount`], keep(`income${at}_amount`)), field(`income${at}_day`, t("Komt op de"), talk.fields[`income${at}_day`], keep(`income${at}_day`), { inputmode: "numeric", maxlength: 2 })));
    const costs = labels.costs.map((/** @type {[string, string]} */ [kind, title]) => h("div", { class: "vd-budget vd-budget--cost" }, field(kind, title, talk.fields[kind], keep(kind)), field(`${kind}_high`, t("tot (bij een schatting)"), talk.fields[`${kind}_high`], keep(`${kind}_high`))));
    const partner = h("label", { class: "vd-tick" }, h("input", { type: "checkbox", checked: talk.partner, on: { change: (/** @type {any} */ event) => void (talk.partner = event.target.checked) } }), h("span", {}, t("Met een partner")));
    const form = h(
      "form",
      { class: "vd-panel vd-stack", novalidate: true, "aria-labelledby": "budget" },
      h("h2", { id: "budget" }, t("Wat komt erin, wat gaat eruit?")),
      h("p", { class: "vd-small vd-quiet" }, t("Een schatting mag. Alles per maand.")),
      ...incomes,
      h("details", { class: "vd-fold", open: true }, h("summary", {}, t("Vaste lasten"), icon("chevron-down")), ...costs),
      partner,
      h("div", { class: "vd-budget" }, field("children", t("Kinderen thuis"), talk.fields.children, keep("children"), { inputmode: "numeric", maxlength: 2 }), field("living", t("Leefgeld, als je het weet"), talk.fields.living, keep("living"))),
      h("button", { class: "vd-button vd-button--other vd-button--big vd-button--wide" }, t("Reken uit")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      talk.reading = false;
      this.again().then(() => this.outcome.scrollIntoView());
    });
    return form;
  }

  /** @param {any} error */
  fail(error) {
    const lines = error?.problems?.map((/** @type {any} */ one) => [one.message, one.cure].map((words) => words[language()]).join(" ")) ?? [t("Het rekenen staat nog niet op deze telefoon. Dat gebeurt vanzelf zodra er internet is.")];
    for (const one of this.main.querySelectorAll(".vd-note")) one.remove();
    const retry = button(t("Probeer opnieuw"), () => (this.outcome.isConnected ? this.again() : this.begin()));
    this.main.append(h("div", { class: "vd-note vd-note--wait", role: "alert" }, icon("hourglass"), h("div", {}, ...lines.map((/** @type {string} */ line) => h("p", {}, line)), h("p", {}, retry))));
  }
}

/** What can be missed: sure, usual, and where living money begins. @param {any} found @param {any} door */
function roomPanel({ room, minimum }, door) {
  const most = Math.max(room.left[1], minimum, 100) * 1.35;
  const x = (/** @type {number} */ value) => Math.round((value / most) * 3260) / 10;
  const [sure, usual] = room.left.map(x);
  /** @type {[string, Record<string, string | number>][]} */
  const shapes = [
    ["rect", { x: 0, y: 0, width: sure, height: 26, rx: 5, class: "vd-fill-strong" }],
    ["rect", { x: sure + 1, y: 1, width: Math.max(0, usual - sure - 2), height: 24, rx: 5, class: "vd-c-ring" }],
    ["rect", { x: usual, y: 0, width: 326 - usual, height: 26, rx: 5, class: "vd-fill-quiet" }],
    ["line", { x1: x(minimum), x2: x(minimum), y1: 27, y2: 34, class: "vd-c-base" }],
  ];
  const [low, high] = room.left.map(money);
  const label = t("Tot {low} lukt ook in een dure maand, tot {high} in een gewone maand.", { low, high });
  return h(
    "section",
    { class: "vd-panel vd-room", "aria-labelledby": "missen" },
    h("h2", { class: "vd-plain vd-quiet", id: "missen" }, t("Wat kan dit huishouden missen? Een schatting.")),
    h("p", { class: "vd-room__sum", role: "status" }, room.words),
    drawing({ class: "vd-chart", viewBox: "0 0 326 36", role: "img", "aria-label": label }, shapes),
    h("p", { class: "vd-small vd-quiet" }, label, room.by_law ? ` ${t("De beslagvrije voet bepaalt hier hoeveel er kan.")}` : "", room.short ? ` ${t("In een dure maand is er {sum} te weinig.", { sum: money(room.short) })}` : ""),
    door.schemes ? h("p", { class: "vd-small vd-room__more" }, h("a", { href: `#/regelingen/${door.tenancy}` }, t("Kan er inkomen bij? Doe de regelingen-check"))) : null,
    h("p", { class: "vd-small vd-room__no" }, icon("hourglass"), h("span", {}, room.next_step)),
  );
}

/** @param {any} plan */
function planSection(plan) {
  const most = Math.max(...plan.instalments.map((/** @type {any} */ one) => one[2]));
  const step = 326 / plan.instalments.length;
  /** @type {[string, Record<string, string | number>][]} */
  const shapes = plan.instalments.map((/** @type {any} */ one, /** @type {number} */ at) => {
    const height = Math.max(4, (one[2] / most) * 22);
    return ["rect", { x: at * step, y: 23 - height, width: Math.max(1, step - 4), height, rx: 3, class: "vd-fill-quiet" }];
  });
  return h(
    "section",
    { class: "vd-plan", "aria-labelledby": "plan" },
    h("h2", { class: "vd-hidden", id: "plan" }, t("Zo komt het uit")),
    h("p", { class: "vd-plan__total" }, h("span", {}, plan.words), h("b", { class: "vd-strong vd-num" }, plan.total)),
    drawing({ class: "vd-chart", viewBox: "0 0 326 24", role: "img", "aria-label": t("{n} termijnen", { n: plan.instalments.length }) }, shapes),
    h("p", { class: "vd-plan__ends" }, h("span", {}, plan.first), h("span", {}, plan.last)),
    plan.moved.length ? h("p", { class: "vd-small vd-quiet" }, t("Als de bank dicht is, een dag later: {days}.", { days: plan.moved.join(", ") })) : null,
    h("details", { class: "vd-fold" }, h("summary", {}, t("Alle termijnen"), icon("chevron-down")), h("ol", { class: "vd-small vd-num" }, ...plan.rows.map((/** @type {any} */ one) => h("li", {}, `${one[1]}: ${one[2]}`)))),
  );
}

/** The budget as Python reads it: cents from low to high. @param {Talk} talk */
function budgetOf({ fields, partner }) {
  const incomes = INCOMES.filter((at) => isAmount(fields[`income${at}_amount`])).map((at) => {
    const amount = cents(fields[`income${at}_amount`]);
    return { kind: fields[`income${at}_kind`] ?? "wage", amount: [amount, amount], pay_day: whole(fields[`income${at}_day`], 31) || null };
  });
  const kinds = ["housing", "energy", "insurance", "children_costs", "transport", "other", "debts", "seizure"];
  const costs = kinds
    .map((kind) => ({ kind: kind.replace("_costs", ""), low: cents(fields[kind]), high: cents(fields[`${kind}_high`]) }))
    .filter((one) => one.low || one.high)
    .map((one) => ({ kind: one.kind, amount: [one.low || one.high, Math.max(one.low, one.high)] }));
  const living = cents(fields.living);
  return { incomes, costs, partner, children: whole(fields.children, 15), living: living ? [living, living] : null };
}

/** Cents from what somebody types: `1.790,50`; 0 when it is no amount. @param {string | undefined} text */
function cents(text) {
  const plain = (text ?? "").replace(/[€\s]/g, "").replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
  const value = Number(plain);
  return Number.isFinite(value) && value > 0 && value < 100_000 ? Math.round(value * 100) : 0;
}

/** An amount, or a zero that somebody typed: no income at all is known too. @param {string | undefined} text */
const isAmount = (text) => cents(text) > 0 || /^[€\s]*0+([.,]0*)?\s*$/.test(text ?? "");

/** @param {string | undefined} text @param {number} most */
function whole(text, most) {
  const value = Number.parseInt(text ?? "", 10);
  return Number.isInteger(value) && value > 0 ? Math.min(value, most) : 0;
}

/** @param {number} amount */
const euros = (amount) => (amount ? (amount / 100).toFixed(2).replace(".", ",") : "");

/** @param {string} name @param {string} title @param {string | undefined} value @param {(value: string) => unknown} keep @param {Record<string, any>} [more] */
function field(name, title, value, keep, more = {}) {
  const input = h("input", { id: `f-${name}`, name, value: value ?? "", inputmode: "decimal", autocomplete: "off", ...more, on: { change: (/** @type {any} */ event) => keep(event.target.value) } });
  return h("div", { class: "vd-field" }, h("label", { for: `f-${name}` }, title), input);
}

/** @param {string} name @param {string} title @param {[string, string][]} options @param {string} chosen @param {(value: string) => unknown} keep */
function select(name, title, options, chosen, keep) {
  const made = h("select", { id: `f-${name}`, name, on: { change: (/** @type {any} */ event) => keep(event.target.value) } }, ...options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
  return h("div", { class: "vd-field" }, h("label", { for: `f-${name}` }, title), made);
}

/** @param {string} name @param {string} title @param {string} more @param {boolean} chosen @param {() => unknown} click */
const radio = (name, title, more, chosen, click) => h("label", { class: "vd-choice" }, h("input", { type: "radio", name, checked: chosen, on: { change: click } }), h("span", { class: "vd-choice__box vd-choice__box--one" }), h("span", {}, h("span", {}, title), h("span", { class: "vd-choice__more" }, more)));

/** @param {string} title @param {() => unknown} click */
const button = (title, click) => h("button", { class: "vd-button vd-button--other vd-button--big vd-button--wide", type: "button", on: { click } }, title);
