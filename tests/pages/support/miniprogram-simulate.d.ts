/**
 * The parts of miniprogram-simulate 1.6.2 that the tests use (`paths` in tests/pages/tsconfig.json).
 * Its own types include a second, older copy of the mini program's globals.
 */
export interface NodeJson {
  tagName: string
  attrs: { name: string; value: unknown }[]
  children: (NodeJson | string)[]
}

export interface SimulatedNode {
  readonly dom: HTMLElement | undefined
  dispatchEvent(name: string, options?: { detail?: unknown }): void
  querySelector(selector: string): SimulatedNode | undefined
  querySelectorAll(selector: string): SimulatedNode[]
  toJSON(): NodeJson
}

export interface SimulatedRoot extends SimulatedNode {
  // eslint-disable-next-line typescript/no-explicit-any
  readonly instance: any
  attach(parent: Node): void
  detach(): void
}

/** @returns an id to render with, or undefined when the page was loaded before */
export function load(componentPath: string, options: { rootPath: string }): string | undefined
export function render(id: string): SimulatedRoot
