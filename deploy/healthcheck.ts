/** Whether the service in this container is ready to answer: exit status 0 or 1. */
const ready = await fetch('http://127.0.0.1:4000/readyz').then(
  (response) => response.ok,
  () => false,
);
process.exit(ready ? 0 : 1);
