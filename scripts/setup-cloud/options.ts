import { parseArgs } from 'node:util'
import { UsageError } from '../options'

export interface SetupOptions {
  /** say what would be done, and change nothing */
  dryRun: boolean
  /** write goods.json over goods that are different in the cloud */
  updateGoods: boolean
}

const USAGE = [
  'Use: npm run setup:cloud -- [options]',
  '  --dry-run       say what would be done, and change nothing',
  '  --update-goods  write goods.json over goods that are different in the cloud',
].join('\n')

/**
 * Reads the command line. `npm run setup:cloud --dry-run`, without the `--` between, reaches only
 * npm, which leaves it in the environment: it counts too, since it must not become a real run.
 * @throws UsageError that lists the options
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): SetupOptions {
  const values = parse(args)
  return {
    dryRun: values['dry-run'] || env.npm_config_dry_run === 'true',
    updateGoods: values['update-goods'],
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'dry-run': { type: 'boolean', default: false },
        'update-goods': { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split('.')[0] : String(error)
    throw new UsageError(`${why}.\n${USAGE}`, { cause: error })
  }
}
