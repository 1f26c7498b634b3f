using System.ComponentModel.DataAnnotations;

namespace Callback.Orders;

/// <summary>The limits of an import (section <c>import</c>).</summary>
public sealed class ImportOptions
{
    /// <summary>Largest file in bytes; 1 KB – 16 GB.</summary>
    [Range(1024, 16L << 30)]
    public long MaxBytes { get; set; } = 2L << 30;

    /// <summary>Most rows of one file; 1 – 10,000,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxRows { get; set; } = 2_000_000;

    /// <summary>Rows merged in one transaction; 1 – 20,000.</summary>
    [Range(1, 20_000)]
    public int BatchRows { get; set; } = 10_000;

    /// <summary>Phones one person may reveal within a shift; 0 – 1000.</summary>
    [Range(0, 1000)]
    public int RevealsPerShift { get; set; } = 10;

    /// <summary>What counts as a shift for that; 1 – 24 hours.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "1.00:00:00")]
    public TimeSpan Shift { get; set; } = TimeSpan.FromHours(8);
}
