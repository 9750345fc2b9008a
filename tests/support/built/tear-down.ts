export { removeAll as default } from './files'
