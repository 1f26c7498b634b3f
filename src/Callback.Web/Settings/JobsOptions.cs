namespace Callback.Web.Settings;

/// <summary>The passes that come round by themselves.</summary>
internal sealed class JobsOptions
{
    /// <summary>Whether this node runs passes (default true). A node for screens only may leave them to the others; one node of the cluster must run them.</summary>
    public bool Enabled { get; set; } = true;
}
