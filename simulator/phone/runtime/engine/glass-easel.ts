/** Narrows the loose types of glass-easel, in this one place. */
import * as glassEasel from 'glass-easel'
import { type CodeSpace, type Root, component } from 'glass-easel-miniprogram-adapter'
import type { Unit } from '../../protocol/program'

export type Node = glassEasel.Element
export type EventOptions = glassEasel.EventOptions
export type Templates = glassEasel.template.ComponentTemplate['groupList'] & object

/** A page or component as its own code sees it (`this`). */
export interface Instance {
  route: string
  is: string
  options: Record<string, string>
  [member: string]: unknown
}

/** The functions that a module calls to register itself. */
export interface Registration {
  Page: (definition: unknown) => void
  Component: (definition: unknown) => void
  Behavior: (definition: unknown) => unknown
}

/** A component of the phone itself, as the functions below see it. */
export interface BuiltIn {
  id: string
  dataset: Record<string, unknown>
  data: Record<string, unknown>
  setData(data: Record<string, unknown>): void
  triggerEvent(name: string, detail: unknown): void
  addListener(name: string, listener: () => void): void
  getBackendElement(): unknown
  ownerShadowRoot: glassEasel.ShadowRoot | null
}

export interface BuiltInDefinition {
  properties: Record<string, unknown>
  created?: (this: BuiltIn) => void
  /** called when its element is in the page */
  attached?: (this: BuiltIn) => void
  observers?: Record<string, (this: BuiltIn, value: unknown) => void>
}

/** A function of a page or component that an event calls. */
export type Handler = (this: unknown, ...args: unknown[]) => unknown

export function hostOf(instance: { getBackendElement(): unknown }): HTMLElement {
  return instance.getBackendElement() as HTMLElement
}

/** Returns the path of the page or component whose template contains a built-in component. */
export function ownerOf(builtIn: BuiltIn): string {
  return builtIn.ownerShadowRoot?.getHostNode().is ?? ''
}

/** Returns the node of the mini program's tree for an element, or for its nearest ancestor with one. */
export function nodeOf(element: Element | null): Node | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { __wxElement: node } = at as Element & { __wxElement?: Node }
    if (node) return node
  }
  return undefined
}

/** Returns the value that an attribute of a plain element, such as `<view>`, is bound to. */
export function boundAttribute(element: Element, name: string): unknown {
  const node = nodeOf(element)
  return glassEasel.NativeNode.isNativeNode(node) ? node.getAttribute(name) : undefined
}

export function instanceOf(root: Root): Instance {
  return root.get() as unknown as Instance
}

export function attachTo(root: Root, parent: HTMLElement): void {
  const placeholder = parent.appendChild(document.createElement('div'))
  type Backend = Parameters<Root['attach']>
  root.attach(parent as unknown as Backend[0], placeholder as unknown as Backend[1])
}

/** Makes glass-easel set the ids of tags on their elements. */
export function writeIds(space: CodeSpace): void {
  space.getComponentSpace().updateComponentOptions({ writeIdToDOM: true })
}

/** Configures a page or component from its JSON file. */
export function declareUnit(space: CodeSpace, path: string, unit: Unit): void {
  const { page, usingComponents, styleIsolation } = unit
  type Config = Parameters<CodeSpace['addComponentStaticConfig']>[1]
  const config = { component: !page, usingComponents, ...(styleIsolation && { styleIsolation }) }
  space.addComponentStaticConfig(path, config as Config)
}

export function register(space: CodeSpace, path: string, run: (as: Registration) => void): void {
  space.componentEnv(path, (environment) => run(environment as unknown as Registration))
}

/** Defines a component that every template can use as `<tag>`. */
export function defineBuiltIn(space: CodeSpace, tag: string, definition: BuiltInDefinition): void {
  const components = space.getComponentSpace()
  const { created, attached } = definition
  const defined = components.defineComponent({
    is: `built-in/${tag}`,
    // The frame's style sheet selects by attributes.
    options: { reflectToAttributes: true },
    properties: definition.properties as Record<string, never>,
    observers: (definition.observers ?? {}) as Record<string, () => void>,
    lifetimes: {
      ...(created && { created: created as () => void }),
      ...(attached && { attached: attached as () => void }),
    },
  })
  components.setGlobalUsingComponent(tag, defined.general())
}

/** Passes the argument of every page's and component's `setData` through `filter`. */
export function filterSetData(filter: (data: Record<string, unknown>) => Record<string, unknown>) {
  type SetData = (this: unknown, data: Record<string, unknown>, callback?: () => void) => void
  const caller = component.ComponentCaller.prototype as unknown as { setData: SetData }
  const { setData } = caller
  caller.setData = function (data, callback) {
    setData.call(this, filter(data), callback)
  }
}

/**
 * Passes every event handler through `wrap` when its event occurs: undefined when the page or
 * component does not define the handler that its template names.
 */
export function wrapHandlers(
  wrap: (handler: Handler | undefined, path: string, name: string) => Handler | undefined,
): void {
  type GetMethod = (instance: { is: string }, name: string) => Handler | undefined
  const lookup = glassEasel.Component as unknown as { getMethod: GetMethod }
  const { getMethod } = lookup
  lookup.getMethod = (instance, name) => wrap(getMethod(instance, name), instance.is, name)
}
