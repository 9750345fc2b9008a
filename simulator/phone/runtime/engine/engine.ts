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
import { asTravelled } from './strict-data'

/** The mini program's components on glass-easel: defines them and makes pages of them. */
export class Engine {
  readonly #environment = new MiniProgramEnv()
  readonly #backend = this.#environment.associateBackend(new ScreenContext())
  readonly #space = this.#environment.createCodeSpace('main', true)
  /** of the module that runs now */
  #registration: Registration | undefined

  /** `Page`, `Component` and `Behavior` of the module that runs now. */
  readonly registration: Registration = {
    Page: (definition) => this.#current().Page(definition),
    Component: (definition) => this.#current().Component(definition),
    Behavior: (definition) => this.#current().Behavior(definition),
  }

  constructor(program: Program, templates: Templates) {
    reportProblems()
    filterSetData(asTravelled)
    writeIds(this.#space)
    defineBuiltIns(this.#space)
    for (const [path, unit] of Object.entries(program.units)) this.#declare(path, unit, templates)
  }

  /**
   * Runs the module of a page or component, which says what it is by `Page` or `Component`. One
   * that fails or says nothing leaves a page without functions, so that all others work.
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

  /** A new page; `search` (`id=1&from=list`) sets properties of the same names. */
  createPage(route: string, search: string): Root {
    return this.#backend.createRoot('page', this.#space, search ? `${route}?${search}` : route)
  }

  #declare(path: string, unit: Unit, templates: Templates): void {
    declareUnit(this.#space, path, unit)
    this.#space.addCompiledTemplate(path, {
      groupList: templates,
      content: templates[path]!,
      // without it, bindtap on a built-in tag would become an attribute
      fallbackListenerOnNativeNode: true,
    })
    // the sheets are in the page already, glass-easel only wants to know their names
    this.#space.addStyleSheet(path, path, unit.styleScope)
    this.#backend.registerStyleSheetContent(path, '')
  }

  #current(): Registration {
    if (this.#registration) return this.#registration
    throw new Error('Page, Component and Behavior can only be called while their module is loaded')
  }
}

/** A page must behave here as on a phone: what glass-easel only warns of is an error. */
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
