import path from 'node:path'
import * as simulate from 'miniprogram-simulate'
import type { SimulatedNode } from 'miniprogram-simulate'
import { attribute, namesOf, press, textOf } from './node'

const MINIPROGRAM = path.resolve(__dirname, '../../../miniprogram')

type Fields = Record<string, any>

/** Converts a page to a component, with its functions as methods: the engine has no pages. */
function asComponent({ data, ...rest }: Fields): Fields {
  const methods = Object.entries(rest).filter(([, value]) => typeof value === 'function')
  const fields = Object.entries(rest).filter(([, value]) => typeof value !== 'function')
  return {
    data,
    methods: Object.fromEntries(methods),
    created(this: Fields) {
      Object.assign(this, Object.fromEntries(fields))
    },
  }
}

const globals = globalThis as Fields
let stack: Fields[] = []
globals['Page'] = (definition: Fields) => globals['Component'](asComponent(definition))
globals['getCurrentPages'] = () => stack

/** Route → id. A page is loaded once per test file: jest caches its module, which registers it. */
const ids = new Map<string, string>()

function load(route: string): string {
  const id =
    ids.get(route) ?? simulate.load(path.join(MINIPROGRAM, route), { rootPath: MINIPROGRAM })
  if (id === undefined) throw new Error(`${route} could not be loaded`)
  ids.set(route, id)
  return id
}

export interface OpenPage {
  /** the page instance, for its lifecycle functions */
  page: Fields
  text(): string
  find(selector: string): SimulatedNode
  has(selector: string): boolean
  texts(selector: string): string[]
  /** returns what a screen reader says for each element with this role */
  names(role: string): string[]
  tap(selector: string, index?: number): Promise<void>
  hide(): Promise<void>
  show(): Promise<void>
  pullDown(): Promise<void>
  reachBottom(): Promise<void>
  unload(): void
}

/** Opens a page as the phone does, on top of the pages `beneath` (routes). */
export async function openPage(
  route: string,
  query: Record<string, string> = {},
  beneath: string[] = [],
): Promise<OpenPage> {
  const root = simulate.render(load(route))
  root.attach(document.body)
  const page: Fields = root.instance
  stack = [...beneath.map((under) => ({ route: under })), { route }]
  page['onLoad']?.(query)
  page['onShow']?.()
  await settle()

  const all = (selector: string) => root.querySelectorAll(selector)
  const nth = (selector: string, index: number) => {
    const node = all(selector)[index]
    if (!node) throw new Error(`nothing matches ${selector} in: ${textOf(root.toJSON())}`)
    return node
  }
  const call = async (name: string) => {
    page[name]?.()
    await settle()
  }
  return {
    page,
    text: () => textOf(root.toJSON()),
    find: (selector) => nth(selector, 0),
    has: (selector) => all(selector).length > 0,
    texts: (selector) => all(selector).map((node) => textOf(node.toJSON())),
    names: (role) => namesOf(root.toJSON(), role),
    async tap(selector, index = 0) {
      const node = nth(selector, index)
      // The engine also taps disabled buttons; a phone does not.
      if (attribute(node, 'disabled')) return
      press(node)
      await settle()
    },
    hide: () => call('onHide'),
    show: () => call('onShow'),
    pullDown: () => call('onPullDownRefresh'),
    reachBottom: () => call('onReachBottom'),
    unload() {
      page['onUnload']?.()
      root.detach()
    },
  }
}

/** Runs all pending callbacks, without advancing the time. */
export async function settle(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0)
}

/** Advances the time. */
export async function pass(seconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(seconds * 1000)
}
