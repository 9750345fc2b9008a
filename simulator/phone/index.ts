import type { BuildError } from '../../project/build-errors'
import type { Handler } from '../kit/http'
import type { PhoneBackend } from './server/services'
import { buildPhone } from './compiler'
import type { BuildResult, ReplacedModules } from './compiler'
import { BuildEvents } from './server/build-events'
import type { BuildState } from './server/build-events'
import { runtimeFiles } from './server/runtime-bundle'
import { phoneHandler } from './server/handler'

export type { PhoneBackend } from './server/services'
export type { BuildResult } from './compiler'
export type {
  PaymentParams,
  PaymentPreview,
  PaymentRefusal,
  PaymentResult,
  TemplateTitle,
} from './protocol/program'

export interface PhoneOptions {
  /** the folder with app.json */
  miniprogramDir: string
  /** modules of the mini program that are replaced: path → exported names → values */
  modules: ReplacedModules
  backend: PhoneBackend
  /** what else does not compile, such as a cloud function: asked at each build, shown alike */
  otherErrors?: () => readonly BuildError[]
}

export interface Phone {
  /** the outcome of the first build */
  ready: Promise<BuildResult>
  /** everything that the phone in the browser asks for */
  handler: Handler
  /**
   * Builds the sources as they are now and tells the open phones: they show the errors, or load anew
   * if the mini program is no longer the one that they run.
   */
  rebuild(): Promise<BuildResult>
  /** Lets go of the open phones. */
  close(): void
}

/** A phone that runs the mini program of a folder; its first build starts at once. */
export function createPhone(options: PhoneOptions): Phone {
  const { miniprogramDir, modules, backend, otherErrors = () => [] } = options
  const events = new BuildEvents()
  let good: { build: string; files: ReadonlyMap<string, Uint8Array | string> } = {
    build: '',
    files: new Map(),
  }
  let state: BuildState = { errors: [] }
  let last: Promise<BuildResult>

  // one at a time, so that the last one to start is the last one to be told
  let queue: Promise<unknown> = runtimeFiles()
  const rebuild = () => {
    last = queue.then(async () => {
      const built = await buildPhone({ miniprogramDir, modules, appid: backend.appid })
      const errors = [...(built.ok ? [] : built.errors), ...otherErrors()]
      const result: BuildResult = built.ok && errors.length === 0 ? built : { ok: false, errors }
      if (result.ok) good = result
      state = result.ok ? { build: good.build } : { errors: result.errors }
      events.tell(state)
      return result
    })
    queue = last.catch(() => {})
    return last
  }
  const ready = rebuild()

  return {
    ready,
    handler: phoneHandler({
      backend,
      runtime: runtimeFiles,
      built: async () => {
        await last
        return good
      },
      events: async (response) => {
        await last
        events.subscribe(response, state)
      },
    }),
    rebuild,
    close: () => events.close(),
  }
}
