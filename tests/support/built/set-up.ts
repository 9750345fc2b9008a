export { buildAll as default } from './files'
