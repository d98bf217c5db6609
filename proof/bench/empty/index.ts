/** A program without resources: what a preview costs before ours adds anything. */
export = () => ({});
