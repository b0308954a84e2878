/**
 * The custom resources of {@code mcp.kagenti.com/v1alpha1}. The CRD files under config/crd and charts are generated
 * from these classes (CrdFilesTest). Only the controller uses this package; it is the only one of this module that
 * knows fabric8.
 *
 * <p>Specs and statuses are records. Members that a server-side default fills are filled here too, so that code and
 * tests never meet an absent one.
 */
@NullMarked
package io.mcpgateway.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
