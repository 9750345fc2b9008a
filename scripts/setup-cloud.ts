import { readCheckout } from './cloud/setup/checkout'
import { setupCloud } from './cloud/setup/command'

/** `npm run setup:cloud`: sets up collections, permissions, indexes, pictures and goods in the cloud. */
async function main(root: string): Promise<void> {
  process.exitCode = await setupCloud({
    args: process.argv.slice(2),
    env: process.env,
    checkout: () => readCheckout(root),
    print: (line) => console.log(line),
  })
}

void main(process.cwd())
