using System.Diagnostics.CodeAnalysis;

namespace Callback;

/// <summary>Makes ids that sort by the moment they were made (UUID version 7).</summary>
public static class Ids
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "the one place where ids are made, with the injected clock")]
    public static Guid New(DateTimeOffset now) => Guid.CreateVersion7(now);

    public static Guid New(TimeProvider time) => New(time.GetUtcNow());
}
