-- SPDX-License-Identifier: AGPL-3.0-or-later
-- In a cluster (Galera) the portal writes to one node. Run this on the node that it is to be, as the server's administrator, whole: at the
-- installation, and when another takes over from it. The portal's processes are connected there; on each other node they are refused.
-- First the node is named. Then comes what a cluster does alone, on all nodes at the same place of their common order (ANALYZE is such a
-- statement): a transaction that began on the node of before and touches one of these tables cannot commit behind it. So when this has ended,
-- no vote, no opened ballot and no act of the office comes from there any more, whether that node heard of it or not.
-- Where there is no cluster it changes nothing of effect. tests/cluster/nodes_test.sh tries it while people vote.
SET SESSION wsrep_sync_wait = 1;
INSERT INTO portail.writing_node (id, node) VALUES (1, @@wsrep_node_name) ON DUPLICATE KEY UPDATE node = @@wsrep_node_name;
ANALYZE TABLE urne.inbox, urne.opened, urne.log_head, portail.emargement, portail.reassort_request, portail.audit, portail.office_turn;
SELECT CONCAT('the portal writes to the node ', node) AS done FROM portail.writing_node;
