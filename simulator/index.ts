import path from 'node:path'
import type { BuildError } from '../project/build-errors'
import { startBackend, type Backend, type BackendOptions } from './backend'
import { CleanupStack } from './kit/cleanup-stack'
import { listen } from './kit/http'
import { watchFiles } from './kit/watch-files'
import { createPhone, type BuildResult } from './phone'
import { dataFiles } from './settings/collections'
import { APPID, openidOf } from './settings/identity'
import { readSettings } from './settings/read-settings'

export interface SimulatorOptions extends BackendOptions {
  /** where the phone is served on 127.0.0.1; any free port when absent */
  port?: number
  /**
   * called with the build errors at the start and after each save; with `[]` when there are none
   */
  onErrors?: (errors: readonly BuildError[]) => void
}

export interface Simulator extends Backend {
  /** the address of the phone */
  url: string
}

/**
 * Starts the whole simulator, including the phone. Saving a file of the project rebuilds the mini
 * program or the cloud functions that contain it, or applies the data or the settings in it.
 * @throws DataFolderError, also when the data is damaged; ProjectError when a file of the project
 * cannot be used; Error with code EADDRINUSE when the port is in use
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { project } = options
  const cleanup = new CleanupStack()
  try {
    let url = ''
    // Files that are saved before everything runs are rebuilt as soon as it does
    let startRebuilding: (rebuild: (saved: string[]) => Promise<void>) => void = () => {}
    const rebuilding = new Promise<(saved: string[]) => Promise<void>>((resolve) => {
      startRebuilding = resolve
    })
    const watching = watchFiles(
      [
        project.miniprogramRoot,
        project.cloudfunctionRoot,
        path.join(project.root, 'typings'),
        ...dataFiles(project, readSettings(project)),
      ],
      async (saved) => (await rebuilding)(saved),
      (error) => console.error(error),
    )
    cleanup.add(async () => (await watching)())
    const backend = await startBackend(options, (id) => `${url}/storage/${encodeURIComponent(id)}`)
    cleanup.add(() => backend.close())
    const { cloud, functions, gateway, reloader, settings } = backend
    let reloads = 0
    const phone = createPhone({
      miniprogramDir: project.miniprogramRoot,
      modules: settings.modules,
      services: { appid: APPID, openidOf, cloud, payer: gateway.payer },
      otherErrors: () => [...functions.errors(), ...reloader.errors()],
      dataVersion: () => String(reloads),
    })
    cleanup.add(() => phone.close())
    const server = await listen(phone.handler, { port: options.port ?? 0 })
    cleanup.add(() => server.close())
    url = server.url

    const report = (built: BuildResult) => options.onErrors?.(built.ok ? [] : built.errors)
    const rebuild = async (saved: string[]) => {
      if (await reloader.reload(saved)) reloads++
      for (const [name, file] of await functions.rebuild(saved)) {
        cloud.functions.replace(name, file)
      }
      report(await phone.rebuild())
    }
    await watching
    startRebuilding(rebuild)
    // The first tap must not wait for a function to load
    const warmed = settings.warmFunctions
      .filter((name) => functions.compiles(name))
      .map((name) => cloud.functions.warm(name))
    await Promise.all([phone.ready.then(report), ...warmed])
    return { ...backend, url, close: () => cleanup.run() }
  } catch (error) {
    await cleanup.run()
    throw error
  }
}
