import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath, type EdgeProps } from "@xyflow/react";
import { memo, useContext, useMemo } from "react";
import { useWords } from "../../../words/useWords";
import { labelPlace, roundedPath } from "../routing/roundedPath";
import { BoxesContext, RouterContext } from "./boxes";
import type { EdgeView } from "./views";
import styles from "./WayEdge.module.css";

/** The way from an exit to the next node, around what is in between; drawn plainly while it is dragged. */
export const WayEdge = memo(function WayEdge(props: EdgeProps<EdgeView>) {
  const { language } = useWords();
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props;
  const boxes = useContext(BoxesContext);
  const router = useContext(RouterContext);
  const loose = data?.loose ?? false;
  const [path, label] = useMemo(() => {
    const carried = loose ? router.carried(id, { x: sourceX, y: sourceY }, { x: targetX, y: targetY }) : null;
    if (carried) return [roundedPath(carried), labelPlace(carried)] as const;
    if (loose) {
      const [plain, x, y] = getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 8, offset: 16 });
      return [plain, { x, y }] as const;
    }
    const points = router.way(id, { x: sourceX, y: sourceY }, { x: targetX, y: targetY }, boxes);
    return [roundedPath(points), labelPlace(points)] as const;
  }, [boxes, id, loose, router, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition]);
  const classes = [styles.way, data?.lit ? styles.lit : "", selected ? styles.selected : ""].join(" ");
  const count = data?.count ?? null;
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={classes}
        interactionWidth={18}
        {...(count === null ? {} : { style: { strokeWidth: 1.5 + (data?.share ?? 0) * 3.5 } })}
      />
      {count !== null && (
        <EdgeLabelRenderer>
          <span
            className={styles.count}
            style={{ transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          >
            {count.toLocaleString(language)} · {Math.round((data?.share ?? 0) * 100)}%
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
