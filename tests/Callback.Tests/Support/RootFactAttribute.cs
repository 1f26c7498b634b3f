namespace Callback.Tests.Support;

/// <summary>A fact only root can set up (a file system of its own, another account's folder); the message tells everybody else.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "needs root; run scripts/test as root to include it";
    }
}
