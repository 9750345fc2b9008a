import * as glassEasel from 'glass-easel'
import { type Root, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { Program, Unit } from '../../protocol/program'
import { defineBuiltIns } from '../built-ins'
import { callPageCode, reportPageError } from '../page-errors'
import {
  type Registration,
  type Templates,
  declareUnit,
  filterSetData,
  register,
  wrapHandlers,
  writeIds,
} from './glass-easel'
import { ScreenContext } from './screen-context'
import { copyAsJson } from './strict-data'

/** Defines the mini program's components in glass-easel and creates its pages. */
export class Engine {
  readonly #environment = new MiniProgramEnv()
  readonly #backend = this.#environment.associateBackend(new ScreenContext())
  readonly #space = this.#environment.createCodeSpace('main', true)
  /** the registration functions for the running module */
  #registration: Registration | undefined

  /** `Page`, `Component` and `Behavior`, which call those of the running module. */
  readonly registration: Registration = {
    Page: (definition) => this.#current().Page(definition),
    Component: (definition) => this.#current().Component(definition),
    Behavior: (definition) => this.#current().Behavior(definition),
  }

  constructor(program: Program, templates: Templates) {
    reportProblems()
    filterSetData(copyAsJson)
    writeIds(this.#space)
    defineBuiltIns(this.#space)
    for (const [path, unit] of Object.entries(program.units)) this.#declare(path, unit, templates)
  }

  /**
   * Runs the module of a page or component, which registers itself by `Page` or `Component`. A module
   * that fails or registers nothing becomes a page without functions, so that all others work.
   */
  define(path: string, run: () => void): void {
    register(this.#space, path, ({ Page, Component, Behavior }) => {
      let defined = false
      const by = (define: (definition: unknown) => void) => (definition: unknown) => {
        define(definition)
        defined = true
      }
      this.#registration = { Page: by(Page), Component: by(Component), Behavior }
      callPageCode(path, run)
      this.#registration = undefined
      if (defined) return
      reportPageError(`${path} has not been registered: its code called neither Page nor Component`)
      Component({})
    })
  }

  /** Creates a page; `search` (`id=1&from=list`) sets properties of the same names. */
  createPage(route: string, search: string): Root {
    return this.#backend.createRoot('page', this.#space, search ? `${route}?${search}` : route)
  }

  #declare(path: string, unit: Unit, templates: Templates): void {
    declareUnit(this.#space, path, unit)
    this.#space.addCompiledTemplate(path, {
      groupList: templates,
      content: templates[path]!,
      // Without this option, bindtap on a built-in tag would become an attribute.
      fallbackListenerOnNativeNode: true,
    })
    // The sheets are in the page already: glass-easel needs only their names.
    this.#space.addStyleSheet(path, path, unit.styleScope)
    this.#backend.registerStyleSheetContent(path, '')
  }

  #current(): Registration {
    if (this.#registration) return this.#registration
    throw new Error('Page, Component and Behavior can only be called while their module is loaded')
  }
}

/** Reports the errors of page code, and as errors also the warnings of glass-easel. */
function reportProblems(): void {
  glassEasel.addGlobalErrorListener((error, method = '', component = '') => {
    const path = typeof component === 'string' ? component : component.is
    reportPageError(error, `${path} ${method}`.trim())
    return false
  })
  glassEasel.addGlobalWarningListener((message) => {
    reportPageError(message)
    return false
  })
  wrapHandlers((handler, path, name) => {
    if (!handler) {
      reportPageError(`${path} does not have a method "${name}" to handle an event`)
      return undefined
    }
    return function (...args) {
      return callPageCode(`${path} ${name}`, () => handler.apply(this, args))
    }
  })
}
