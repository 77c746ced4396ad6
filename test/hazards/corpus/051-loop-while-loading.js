} } };
// Close the function that this text is the body of, and loop before there is any step to run.
for (;;);
+{ steps: { loaded: function () {
