import type { Values } from '../../command-line/command'

/** How `npm run setup:cloud` is used. */
export const SETUP_CLOUD = {
  command: 'npm run setup:cloud',
  purpose:
    'Changes a CloudBase environment to what cloud/ says: collections, permissions, indexes, pictures and goods.',
  options: {
    'dry-run': { help: 'show what would be changed, and change nothing; needs no credentials' },
    'update-goods': { help: 'write goods.json over goods that are different in the cloud' },
  },
} as const

/** The options of `npm run setup:cloud`. */
export interface SetupOptions {
  dryRun: boolean
  updateGoods: boolean
}

export const setupOptions = (values: Values<typeof SETUP_CLOUD.options>): SetupOptions => ({
  dryRun: values['dry-run'],
  updateGoods: values['update-goods'],
})
