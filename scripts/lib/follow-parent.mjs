// Promises: a process started with this preloaded ends, by its own SIGTERM handler, when its parent is gone,
// however the parent went (kill -9 included).
if (process.channel) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
