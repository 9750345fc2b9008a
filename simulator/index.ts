import path from 'node:path'
import { Ends } from './ends'
import { listen } from './http'
import { createPhone, type BuildResult, type Diagnostic } from './phone'
import { phoneBackend } from './phone-backend'
import { projectRoot } from './project'
import { phoneConfig } from './shop'
import { watch } from './watch'
import { startWorld, type World, type WorldOptions } from './world'

/** Where a save changes what runs. */
const SOURCES = ['miniprogram', 'cloudfunctions', 'typings'].map((name) =>
  path.join(projectRoot, name),
)

export interface SimulatorOptions extends WorldOptions {
  /** where the phone is served on 127.0.0.1; any free port when absent */
  port?: number
  /** told of what does not compile, at the start and after each save; of `[]` when all does */
  onErrors?: (errors: readonly Diagnostic[]) => void
}

export interface Simulator extends World {
  /** where the phone is */
  url: string
}

/**
 * Starts the whole simulated world, the phone included; what is saved in the sources meanwhile
 * replaces the phone's mini program or the function at once.
 * @throws DataFolderError, also when the data is damaged; Error with code EADDRINUSE when the port is
 * taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const ends = new Ends()
  try {
    let url = ''
    const world = await startWorld(options, (id) => `${url}/storage/${encodeURIComponent(id)}`)
    ends.add(() => world.close())
    const phone = createPhone({
      miniprogramDir: path.join(projectRoot, 'miniprogram'),
      config: phoneConfig,
      backend: phoneBackend(world.cloud, world.gateway),
      otherErrors: world.functions.errors,
    })
    ends.add(() => phone.close())
    const server = await listen(phone.handler, { port: options.port ?? 0 })
    ends.add(() => server.close())
    url = server.url

    const report = (built: BuildResult) => options.onErrors?.(built.ok ? [] : built.errors)
    const rebuild = async (saved: string[]) => {
      for (const [name, file] of await world.functions.rebuild(saved)) {
        world.cloud.functions.replace(name, file)
      }
      report(await phone.rebuild())
    }
    ends.add(await watch(SOURCES, rebuild, (error) => console.error(error)))
    // The first tap shall find the function awake.
    await Promise.all([phone.ready.then(report), world.cloud.functions.warm('pay')])
    return { ...world, url, close: () => ends.run() }
  } catch (error) {
    await ends.run()
    throw error
  }
}
