// Package fieldpath gives version 4's names to the types of version 6.
//
// Pulumi's Kubernetes provider hands sets of fields of version 4 to client-go, which takes those of version 6 since
// Kubernetes 0.34. Nothing else in the build uses version 4, and what the provider uses of it has not changed.
package fieldpath

import "sigs.k8s.io/structured-merge-diff/v6/fieldpath"

type (
	Path = fieldpath.Path
	Set  = fieldpath.Set
)

var MakePath = fieldpath.MakePath
