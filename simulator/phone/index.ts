import type { BuildError } from '../../project/build-errors'
import type { Handler } from '../kit/http'
import { buildPhone, type BuildResult, type ReplacedModules } from './compiler'
import { BuildEvents, type BuildState } from './server/build-events'
import { phoneHandler } from './server/handler'
import { runtimeFiles } from './server/runtime-bundle'
import type { PhoneServices } from './server/services'

export type { BuildResult } from './compiler'
export type { PhoneServices } from './server/services'

export interface PhoneOptions {
  /** the folder with app.json */
  miniprogramDir: string
  /** the replaced modules of the mini program: path → exported names → values */
  modules: ReplacedModules
  services: PhoneServices
  /** returns other compile errors, such as those of cloud functions; called and shown at each build */
  otherErrors?: () => readonly BuildError[]
  /** returns another text when the data has changed, so that the open phones reload at the next build */
  dataVersion?: () => string
}

export interface Phone {
  /** the outcome of the first build */
  ready: Promise<BuildResult>
  /** handles every request of the phone in the browser */
  handler: Handler
  /**
   * Builds the current sources and notifies the open phones: they show the errors, or reload when the
   * mini program has changed.
   */
  rebuild(): Promise<BuildResult>
  /** Ends the event streams of the open phones. */
  close(): void
}

/** Creates a phone that runs the mini program of a folder. Its first build starts at once. */
export function createPhone(options: PhoneOptions): Phone {
  const {
    miniprogramDir,
    modules,
    services,
    otherErrors = () => [],
    dataVersion = () => '',
  } = options
  const events = new BuildEvents()
  let lastGood: { build: string; files: ReadonlyMap<string, Uint8Array | string> } = {
    build: '',
    files: new Map(),
  }
  let state: BuildState = { errors: [] }
  let last: Promise<BuildResult>

  // One build at a time, so that the phones are notified of the latest one last.
  let queue: Promise<unknown> = runtimeFiles()
  const rebuild = () => {
    last = queue.then(async () => {
      const built = await buildPhone({ miniprogramDir, modules, appid: services.appid })
      const errors = [...(built.ok ? [] : built.errors), ...otherErrors()]
      const result: BuildResult = built.ok && errors.length === 0 ? built : { ok: false, errors }
      if (result.ok) lastGood = { ...result, build: `${result.build}${dataVersion()}` }
      state = result.ok ? { build: lastGood.build } : { errors: result.errors }
      events.send(state)
      return result
    })
    queue = last.catch(() => {})
    return last
  }
  const ready = rebuild()

  return {
    ready,
    handler: phoneHandler({
      services,
      runtime: runtimeFiles,
      built: async () => {
        await last
        return lastGood
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
