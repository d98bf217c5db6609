// Pulumi's Kubernetes provider, built from its Go module for machines that cannot download the released plugin.
//
// The module's own command embeds a schema that the module's archive lacks. The engine reads the schema only to
// generate SDKs, so an empty one serves deployments.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	schema := []byte(`{"name": "kubernetes", "version": "` + version.Version + `"}`)
	provider.Serve("kubernetes", version.Version, schema, []byte("{}"))
}
