/**
 * The custom resources of {@code mcp.kagenti.com/v1alpha1}. The CRD files under config/crd and charts are generated
 * from these classes (CrdFilesTest). Only the controller uses this package, and only this package
 * of the module uses fabric8.
 *
 * <p>Specs and statuses are records. Fields with a server-side default have it here too, so code and tests never
 * see them absent.
 */
@NullMarked
package io.mcpgateway.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
