// @vitest-environment node
/** The builder's tables against the engine's own schema, so that neither changes without the other. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exitOf, newestSchema, type Json, type JsonObject, type StoredFlow } from "../model/storedFlow";
import { parameterFields, settingFields, triggerTable } from "../triggers/triggerTable";
import type { Field } from "./fields";
import { exitsOf, kindOf, kinds } from "./kinds";

interface Schema {
  $ref?: string;
  const?: string;
  anyOf?: Schema[];
  enum?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  maxItems?: number;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  "x-text"?: "local" | "template";
  "x-rule"?: boolean;
  "x-exits"?: string[];
  $defs?: Record<string, Schema>;
}

const schema = JSON.parse(readFileSync(new URL("../../../../../docs/api/flow.schema.json", import.meta.url), "utf8")) as Schema;

/** What a reference or a nullable leads to. */
function real(given: Schema | undefined): Schema {
  if (!given) return {};
  if (given.$ref) return real(schema.$defs?.[given.$ref.replace("#/$defs/", "")]);
  if (given.anyOf && !given["x-text"]) {
    const others = given.anyOf.filter((each) => (each as { type?: string }).type !== "null");
    if (others.length === 1) return real(others[0]);
  }
  return given;
}

const part = (of: Schema, name: string) => real(real(of).properties?.[name]);
const variants = (of: Schema) => Object.fromEntries(Object.entries(real(of).discriminator?.mapping ?? {}).map(([name, $ref]) => [name, real({ $ref })]));

function complain(field: Field, place: string, of: Schema): string[] {
  const wrong = (what: string) => [`${place}: ${what}`];
  switch (field.kind) {
    case "words":
      return of["x-text"] === "local" ? [] : wrong("is no text for people");
    case "filled":
      return of["x-text"] === "template" ? [] : wrong("is no template");
    case "rule":
      return of["x-rule"] ? [] : wrong("is no rule");
    case "choice":
      return of.enum && JSON.stringify([...of.enum].sort()) !== JSON.stringify([...field.values].sort()) ? wrong(`has other values: ${of.enum.join(", ")}`) : [];
    case "choices":
      return complain({ ...field, kind: "choice" }, place, real(of.items));
    case "number":
      return [
        ...(of.minimum !== undefined && of.minimum !== field.least ? wrong(`begins at ${of.minimum}`) : []),
        ...(of.maximum !== undefined && of.maximum !== field.most ? wrong(`ends at ${of.maximum}`) : []),
      ];
    case "group":
      return compare(field.of, place, of);
    case "list": {
      const items = real(of.items);
      const bounds = of.maxItems !== undefined && of.maxItems !== field.most ? wrong(`holds ${of.maxItems}`) : [];
      const least = (of.minItems ?? 0) > (field.least ?? 0) ? wrong(`holds ${of.minItems ?? 0} at least`) : [];
      return [...bounds, ...least, ...compare(field.of, place, items)];
    }
    case "variant":
      return compareVariants(field, place, of, Object.keys(field.variants));
    case "texts":
      return of.maxItems !== undefined && of.maxItems < field.most ? wrong(`holds ${of.maxItems}`) : [];
    default:
      return [];
  }
}

function compareVariants(field: Extract<Field, { kind: "variant" }>, place: string, of: Schema, offered: readonly string[]): string[] {
  const theirs = variants(of);
  const by = real(of).discriminator?.propertyName;
  return [
    ...(by === field.by ? [] : [`${place}: is told apart by ${by ?? "nothing"}`]),
    ...offered.flatMap((name) => {
      const shape = theirs[name];
      const variant = field.variants[name];
      if (!shape || !variant) return [`${place}: has no ${name}`];
      return compare(variant.fields, `${place}.${name}`, shape, { [field.by]: name, ...variant.fresh() });
    }),
  ];
}

/** A table of fields against an object's properties, both ways. */
function compare(fields: readonly Field[], place: string, of: Schema, fresh?: JsonObject): string[] {
  const [only] = fields;
  if (only?.kind === "variant" && only.name === "") return compareVariants(only, place, of, Object.keys(variants(of)));
  const properties = real(of).properties ?? {};
  const theirs = Object.keys(properties).filter((name) => properties[name]?.const === undefined && !isDiscriminator(properties[name], name));
  const ours = fields.map(({ name }) => name);
  const required = real(of).required ?? [];
  return [
    ...theirs.filter((name) => !ours.includes(name)).map((name) => `${place}: the builder does not know ${name}`),
    ...ours.filter((name) => !(name in properties)).map((name) => `${place}: the engine does not know ${name}`),
    ...(fresh ? required.filter((name) => !(name in fresh)).map((name) => `${place}: begins without ${name}`) : []),
    ...fields.filter(({ name, optional }) => optional && required.includes(name)).map(({ name }) => `${place}: ${name} may not be left out`),
    ...fields.flatMap((field) => complain(field, `${place}.${field.name}`, part(of, field.name))),
  ];
}

/** `kind` of a media message, `op` of a tag's change: one shape under several names. */
function isDiscriminator(of: Schema | undefined, name: string): boolean {
  return ["kind", "op"].includes(name) && of?.enum !== undefined && shared.has(JSON.stringify(of.enum));
}
const shared = new Set([["image", "video", "audio", "document", "sticker"], ["add_tag", "remove_tag"]].map((each) => JSON.stringify(each)));

const nodes = variants(real(schema.properties?.nodes).items ?? {});
const triggers = variants(real(schema.properties?.triggers).items ?? {});

/** One shape serves buttons and rows; WhatsApp shows a description below rows alone. */
const isOfRowsOnly = (said: string) => said.endsWith(".buttons.buttons: the builder does not know description");

it("writes the schema that the engine reads", () => {
  expect(real(schema.properties?.schema).const as Json | undefined).toBe(newestSchema);
});

it("draws every type of node there is", () => {
  expect(kinds.map(({ type }) => type).sort()).toEqual(Object.keys(nodes).sort());
});

describe.each(kinds.map((kind) => [kind.type, kind] as const))("%s", (type, kind) => {
  it("has the engine's exits", () => {
    expect([...kind.exits].sort()).toEqual([...(nodes[type]?.["x-exits"] ?? ["?"])].sort());
  });

  it("has the engine's fields", () => {
    const said = compare(kind.fields, type, part(nodes[type] ?? {}, "data"), kind.fresh());
    expect(said.filter((each) => !isOfRowsOnly(each))).toEqual([]);
  });
});

it("begins flows by every trigger there is", () => {
  expect(triggerTable.map(({ type }) => type).sort()).toEqual(Object.keys(triggers).sort());
  expect(triggerTable.flatMap(({ type, fields, fresh }) => compare(fields, type, triggers[type] ?? {}, { type, id: "", ...fresh() }).filter((each) => each !== "schedule: the builder does not know id"))).toEqual([]);
});

it("knows the engine's settings and parameters", () => {
  expect(compare(settingFields, "settings", part(schema, "settings"))).toEqual([]);
  expect(compare(parameterFields, "parameters", real(part(schema, "parameters").items))).toEqual([]);
});

it("offers every message that can be sent, and for a question those that ask", () => {
  const content = part(part(nodes.message ?? {}, "data"), "content");
  const offered = kinds.find(({ type }) => type === "message")?.fields[0];
  expect(offered?.kind === "variant" ? Object.keys(offered.variants).sort() : []).toEqual(Object.keys(variants(content)).sort());
  const answer = part(part(nodes.ask ?? {}, "data"), "answer");
  const taken = kinds.find(({ type }) => type === "ask")?.fields.find(({ name }) => name === "answer");
  expect(taken?.kind === "variant" ? Object.keys(taken.variants).sort() : []).toEqual(Object.keys(variants(answer)).sort());
});

const gallery = new URL("../../../../../functions/flow/gallery/", import.meta.url);

it.each(readdirSync(gallery))("draws the ready flow %s wholly", (file) => {
  const { flow } = JSON.parse(readFileSync(new URL(file, gallery), "utf8")) as { flow: StoredFlow };
  const exits = new Map(flow.nodes.map((node) => [node.id, exitsOf(node)]));
  expect(flow.nodes.filter(({ type }) => kindOf(type) === undefined)).toEqual([]);
  expect(flow.edges.filter((edge) => !exits.get(edge.source)?.includes(exitOf(edge)))).toEqual([]);
});
