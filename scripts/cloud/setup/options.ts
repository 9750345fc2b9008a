import { parseOptions } from '../../command-line/options'

/** The options of `npm run setup:cloud`. */
export interface SetupOptions {
  /** say what would be done, and change nothing */
  dryRun: boolean
  /** write goods.json over goods that are different in the cloud */
  updateGoods: boolean
}

const USAGE = [
  '',
  'Use: npm run setup:cloud -- [options]',
  '  --dry-run       say what would be done, and change nothing',
  '  --update-goods  write goods.json over goods that are different in the cloud',
].join('\n')

/**
 * Reads the options of `npm run setup:cloud`. If the `--` before it is missing, npm takes `--dry-run`
 * itself and sets a variable. The variable counts too: a dry run must never become a real one.
 * @throws CommandError that lists the options
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): SetupOptions {
  const values = parseOptions(
    args,
    {
      'dry-run': { type: 'boolean', default: false },
      'update-goods': { type: 'boolean', default: false },
    },
    USAGE,
  )
  return {
    dryRun: values['dry-run'] || env['npm_config_dry_run'] === 'true',
    updateGoods: values['update-goods'],
  }
}
