import type { Handler } from '../http'
import type { PhoneBackend } from './backend'
import { buildPhone } from './build'
import type { BuildResult } from './build'
import { BuildEvents } from './build-events'
import type { BuildState } from './build-events'
import type { Diagnostic } from './protocol'
import { runtimeFiles } from './runtime-bundle'
import { phoneHandler } from './server'

export type { PhoneBackend } from './backend'
export type { BuildResult } from './build'
export type {
  Diagnostic,
  PaymentParams,
  PaymentPreview,
  PaymentRefusal,
  PaymentResult,
  TemplateTitle,
} from './protocol'

export interface PhoneOptions {
  /** the folder with app.json */
  miniprogramDir: string
  /** stands in for the mini program's config.ts: exported names → values */
  config: Record<string, unknown>
  backend: PhoneBackend
  /** what else does not compile, such as a cloud function: asked at each build, shown alike */
  otherErrors?: () => readonly Diagnostic[]
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
  const { miniprogramDir, config, backend, otherErrors = () => [] } = options
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
      const built = await buildPhone({ miniprogramDir, config, appid: backend.appid })
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
