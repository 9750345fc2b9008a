import { openProject } from '../../project/project'
import { startBackend } from '../../simulator/backend'

/*
 * Starts the simulator without the phone, with the functions that `npm start` also loads, until Ctrl-C:
 * node scripts/run.cjs scripts/bench/backend-alone.ts <data folder>
 */
async function start(dataDir: string): Promise<void> {
  const backend = await startBackend({ project: openProject(process.cwd()), dataDir })
  const { cloud, settings } = backend
  await Promise.all(settings.warmFunctions.map((name) => cloud.functions.warm(name)))
  process.once('SIGINT', () => void backend.close().then(() => process.exit(0)))
  console.log('ready')
}

void start(process.argv[2]!)
